using Spotter.Cli.Commands;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Cli;

/// <summary>Repetitions from folders of recordings.</summary>
internal static class TrainingClips
{
    private static readonly string[] Endings = [".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi", ".gif", ".npy", ".json"];

    /// <summary>
    /// Reads the correct or the incorrect repetitions of a folder: those with the label of a data set with <c>sessions.csv</c>, or all of clips, keypoint
    /// files and folders of OpenPose files, each subfolder a session. Clips are read as they are when they are judged.
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
        foreach (var path in Find(folder))
        {
            var inside = Path.GetRelativePath(folder, path);
            if (await FollowAsync(path, model, rate, text => say($"{inside}: {text}"), cancellationToken) is not { } track)
            {
                continue;
            }

            // A clip outside of any subfolder is taken for a session of its own.
            var session = inside.Contains(Path.DirectorySeparatorChar) ? inside[..inside.IndexOf(Path.DirectorySeparatorChar)] : inside;
            result.AddRange(Read(track, exercise, text => say($"{inside}: {text}"))
                .Select(read => new CorrectRepetition(read.Skeleton, read.Repetition, read.View, source, session)));
        }

        return result.Count > 0
            ? result
            : throw new VideoFormatException($"No repetition was found in {folder}: give a folder of clips ({string.Join(", ", Endings)}) that show {exercise.Name}.");
    }

    // A folder that OpenPose wrote is one clip. An annotated clip shows what another clip shows.
    private static IEnumerable<string> Find(string folder)
    {
        string[] openPose =
        [
            .. Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)
                .Where(path => Directory.EnumerateFiles(path, "*_keypoints.json").Any()),
        ];
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Endings.Contains(Path.GetExtension(path).ToLowerInvariant()) && !openPose.Contains(Path.GetDirectoryName(path))
                && !path.EndsWith(AnalyzeCommand.AnnotatedEnding, StringComparison.OrdinalIgnoreCase))
            .Concat(openPose).Order(StringComparer.Ordinal);
    }

    // One file that cannot be read does not lose what was followed before it; beside clips there may be JSON files of any kind.
    private static async Task<PoseTrack?> FollowAsync(string path, PoseModel model, double rate, Action<string> say, CancellationToken cancellationToken)
    {
        try
        {
            return await ClipSource.FollowAsync(path, model, rate, cancellationToken: cancellationToken);
        }
        catch (VideoFormatException error)
        {
            say($"left out: {error.Message}");
            return null;
        }
    }

    // What could not be judged is nothing to learn from either.
    private static IReadOnlyList<(SkeletonSequence Skeleton, Repetition Repetition, ViewEstimate View)> Read(PoseTrack track, ExerciseDefinition exercise, Action<string> say)
    {
        var reading = SetReading.Read(track, (skeleton, view) => Movement.Of(exercise, skeleton, view), movement => movement.Set);
        var reasons = reading is null ? Suitability.OfUnfollowed(track) : Suitability.OfClip(track, reading.Span);
        if (reading is null || reasons.Count > 0)
        {
            say($"left out, {reasons[0].Code}: {reasons[0].Text}");
            return [];
        }

        var (skeleton, view, movement, _) = reading;
        if (Suitability.OfSet(track.Skeleton, view, exercise, movement, [.. exercise.Measures.Keys]) is [var reason, ..])
        {
            say($"left out, {reason.Code}: {reason.Text}");
            return [];
        }

        Repetition[] seen = [.. movement.Set.Repetitions.Where(repetition => Suitability.OfRepetition(track.Skeleton, view, exercise, repetition).Count == 0)];
        var leftOut = movement.Others.Count + movement.Set.Repetitions.Count - seen.Length;
        say($"{seen.Length} repetitions from the {view.View.ToString().ToLowerInvariant()}{(leftOut > 0 ? $"; {leftOut} other movements or hidden repetitions are left out" : "")}");
        return [.. seen.Select(repetition => (skeleton, repetition, view))];
    }
}
