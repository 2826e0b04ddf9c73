using System.Collections.Concurrent;
using System.Globalization;
using Spotter.Exercises;
using Spotter.Poses;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Tests.Repetitions;

/// <summary>Recorded sequences of the development data, cleaned and cut into repetitions.</summary>
internal static class RecordedSets
{
    private static readonly ConcurrentDictionary<string, (SkeletonSequence Sequence, ViewEstimate View)> Cleaned = new(StringComparer.Ordinal);

    public static IEnumerable<string> Files(string folder, string pattern = "*.npy") =>
        Directory.GetFiles(SharedData.Require("datasets/" + folder), pattern).Order();

    public static (SkeletonSequence Sequence, ViewEstimate View, RepetitionSet Set) Cut(string file, ExerciseDefinition definition)
    {
        var (sequence, view) = Cleaned.GetOrAdd(file, static file =>
        {
            var cleaned = SkeletonCleaning.Clean(NpyFile.Read(file, 30));
            return (cleaned, ViewEstimator.Estimate(cleaned)!.Value);
        });
        return (sequence, view, RepetitionSegmenter.Segment(sequence, view, definition));
    }

    /// <summary>The count in a name such as <c>correct-01-reps-06.npy</c>.</summary>
    public static int ExpectedCount(string file) => int.Parse(Path.GetFileNameWithoutExtension(file)[^2..], CultureInfo.InvariantCulture);
}
