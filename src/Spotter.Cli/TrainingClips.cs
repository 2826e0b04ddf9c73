using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Cli;

/// <summary>Repetitions from folders of recordings.</summary>
internal static class TrainingClips
{
    private static readonly string[] VideoEndings = [".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi", ".gif", ".npy"];

    /// <summary>
    /// Reads the correct or the incorrect repetitions of a folder: those with the label of a data set with <c>sessions.csv</c>, or all of clips and keypoint
    /// files, each subfolder a session.
    /// </summary>
    public static async Task<IReadOnlyList<CorrectRepetition>> ReadAsync(
        string folder, bool correct, ExerciseDefinition exercise, PoseModel model, double rate, Action<string> say, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new VideoFormatException($"The folder {folder} does not exist: give one that holds clips of repetitions.");
        }

        var source = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return File.Exists(Path.Combine(folder, "sessions.csv"))
            ? ReadDataset(folder, source, correct, exercise, rate, cancellationToken)
            : await ReadClipsAsync(folder, source, exercise, model, rate, say, cancellationToken);
    }

    private static List<CorrectRepetition> ReadDataset(
        string folder, string source, bool correct, ExerciseDefinition exercise, double rate, CancellationToken cancellationToken)
    {
        var clips = DatasetReader.Read(folder, exercise.Name, rate, cancellationToken).Where(clip => clip.Correct == correct && !clip.IsNearDuplicate);
        return
        [
            .. from labelled in LabelledRepetition.Cut(clips, exercise)
            let view = ViewEstimator.Estimate(labelled.Cleaned)
            where view is not null
            select new CorrectRepetition(labelled.Cleaned, labelled.Repetition, view.Value, source, labelled.Session),
        ];
    }

    private static async Task<IReadOnlyList<CorrectRepetition>> ReadClipsAsync(
        string folder, string source, ExerciseDefinition exercise, PoseModel model, double rate, Action<string> say, CancellationToken cancellationToken)
    {
        var result = new List<CorrectRepetition>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => VideoEndings.Contains(Path.GetExtension(path).ToLowerInvariant())).Order(StringComparer.Ordinal))
        {
            var track = await ClipSource.FollowAsync(path, model, rate, cancellationToken: cancellationToken);
            var skeleton = SkeletonCleaning.Clean(track.Skeleton);
            var inside = Path.GetRelativePath(folder, path);
            if (ViewEstimator.Estimate(skeleton) is not { } view)
            {
                say($"{inside}: nobody can be followed in this clip; it is left out");
                continue;
            }

            // A clip outside of any subfolder is taken for a session of its own.
            var session = inside.Contains(Path.DirectorySeparatorChar) ? inside[..inside.IndexOf(Path.DirectorySeparatorChar)] : inside;
            var repetitions = RepetitionSegmenter.Segment(skeleton, view, exercise).Repetitions;
            say($"{inside}: {repetitions.Count} repetitions from the {view.View.ToString().ToLowerInvariant()}");
            result.AddRange(repetitions.Select(repetition => new CorrectRepetition(skeleton, repetition, view, source, session)));
        }

        return result.Count > 0
            ? result
            : throw new VideoFormatException($"No repetition was found in {folder}: give a folder of clips ({string.Join(", ", VideoEndings)}) that show {exercise.Name}.");
    }
}
