using System.Globalization;
using Spotter.Poses;
using Spotter.Video;

namespace Spotter.Evaluation;

/// <summary>
/// Reads labelled keypoint files (.npy). Either the folder has a <c>sessions.csv</c> (columns exercise, file, label, session; optionally
/// reps_in_source_name and near_duplicate_of), or it has the folders <c>good</c> and <c>bad</c> (or <c>correct</c> and <c>incorrect</c>), itself or
/// inside one named after the exercise; there a subfolder is a session, and a file outside of any is a session of its own.
/// </summary>
public static class DatasetReader
{
    private const string Index = "sessions.csv";

    /// <summary>Reads all clips of one exercise, ordered by name.</summary>
    /// <param name="folder">The data set.</param>
    /// <param name="exercise">Name of the exercise, such as <c>shoulder-press</c>.</param>
    /// <param name="framesPerSecond">Frame rate of the files.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="VideoFormatException">The folder is not laid out like that, holds nothing of the exercise, or a file cannot be read.</exception>
    public static IReadOnlyList<RecordedClip> Read(
        string folder, string exercise, double framesPerSecond = 30, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(folder))
        {
            throw new VideoFormatException($"The data folder {folder} does not exist.");
        }

        var index = Path.Combine(folder, Index);
        var entries = File.Exists(index) ? ReadIndex(folder, index, exercise) : ReadFolders(folder, exercise);
        List<RecordedClip> clips = [];
        foreach (var (path, describe) in entries.OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            clips.Add(describe with { Keypoints = NpyFile.Read(path, framesPerSecond) });
        }

        return clips.Count > 0 ? clips : throw new VideoFormatException($"The data folder {folder} holds no keypoint files (.npy) of {exercise}.");
    }

    private static IEnumerable<(string Path, RecordedClip Clip)> ReadIndex(string folder, string index, string exercise)
    {
        var lines = File.ReadAllLines(index);
        string[] header = lines.Length == 0 ? [] : lines[0].Split(',');
        int Column(string name) => Array.IndexOf(header, name);
        foreach (var required in new[] { "exercise", "file", "label", "session" })
        {
            if (Column(required) < 0)
            {
                throw new VideoFormatException($"{index} has no column '{required}'.");
            }
        }

        foreach (var line in lines.Skip(1).Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            var cells = line.Split(',');
            if (cells.Length != header.Length)
            {
                throw new VideoFormatException($"{index} has a line of {cells.Length} cells under a header of {header.Length}: {line}");
            }

            string Cell(string name) => Column(name) < 0 ? "" : cells[Column(name)];
            if (Cell("exercise") != exercise)
            {
                continue;
            }

            var stated = Cell("reps_in_source_name");
            var twin = Cell("near_duplicate_of"); // both of a pair name each other
            yield return (Path.Combine(folder, Cell("file")), new RecordedClip
            {
                Name = Cell("file"),
                Exercise = exercise,
                Correct = IsCorrect(Cell("label")) ?? throw new VideoFormatException($"{index} has the unknown label '{Cell("label")}'."),
                Session = Cell("session"),
                StatedRepetitions = stated.Length == 0 ? null : int.Parse(stated, CultureInfo.InvariantCulture),
                HoldsOneRepetition = Column("reps_in_source_name") < 0,
                IsNearDuplicate = twin.Length > 0 && string.CompareOrdinal(twin, Path.GetFileNameWithoutExtension(Cell("file"))) < 0,
                Keypoints = null!,
            });
        }
    }

    private static IEnumerable<(string Path, RecordedClip Clip)> ReadFolders(string folder, string exercise)
    {
        var root = Directory.Exists(Path.Combine(folder, exercise)) ? Path.Combine(folder, exercise) : folder;
        foreach (var labelled in Directory.EnumerateDirectories(root))
        {
            if (IsCorrect(Path.GetFileName(labelled)) is not { } correct)
            {
                continue;
            }

            foreach (var path in Directory.EnumerateFiles(labelled, "*.npy", SearchOption.AllDirectories))
            {
                var inside = Path.GetRelativePath(labelled, path).Split(Path.DirectorySeparatorChar);
                yield return (path, new RecordedClip
                {
                    Name = Path.GetRelativePath(folder, path),
                    Exercise = exercise,
                    Correct = correct,
                    // A person films correct and incorrect repetitions in one session: the same subfolder name is the same session.
                    Session = inside.Length > 1 ? inside[0] : Path.GetRelativePath(root, path),
                    Keypoints = null!,
                });
            }
        }
    }

    private static bool? IsCorrect(string label) => label switch
    {
        "good" or "correct" => true,
        "bad" or "incorrect" => false,
        _ => null,
    };
}
