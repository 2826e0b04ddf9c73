using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Evaluation;

/// <summary>One repetition whose label is known.</summary>
/// <param name="Clip">The recording that it comes from.</param>
/// <param name="Cleaned">The whole recording, cleaned.</param>
/// <param name="View">From where the camera sees the person; null where that cannot be told.</param>
/// <param name="Repetition">The frames of the repetition.</param>
public sealed record LabelledRepetition(RecordedClip Clip, SkeletonSequence Cleaned, ViewEstimate? View, Repetition Repetition)
{
    /// <summary>Whether it is correct, by the label of its recording.</summary>
    public bool Correct => Clip.Correct;

    /// <summary>The recording session.</summary>
    public string Session => Clip.Session;

    /// <summary>The repetition's keypoints as the estimator gave them.</summary>
    public SkeletonSequence Raw => Clip.Keypoints.Slice(Repetition.StartFrame, Repetition.EndFrame);

    /// <summary>
    /// Cleans recordings and cuts them into the repetitions that they show from start to end. A recording in which none is found gives none; one that
    /// holds a single repetition gives it whole.
    /// </summary>
    /// <param name="clips">Recordings.</param>
    /// <param name="definition">The exercise.</param>
    public static IReadOnlyList<LabelledRepetition> Cut(IEnumerable<RecordedClip> clips, ExerciseDefinition definition)
    {
        List<LabelledRepetition> repetitions = [];
        foreach (var clip in clips)
        {
            var cleaned = SkeletonCleaning.Clean(clip.Keypoints);
            var view = ViewEstimator.Estimate(cleaned);
            var found = view is { } seen ? RepetitionSegmenter.Segment(cleaned, seen, definition).Repetitions : [];
            if (clip.HoldsOneRepetition)
            {
                // The file is the repetition, whatever the cutter thinks of its ends; only the turning point is taken from it.
                var turning = found.Count > 0 ? found.MaxBy(repetition => repetition.FrameCount).TurningFrame : cleaned.FrameCount / 2;
                found = [new Repetition(0, turning, cleaned.FrameCount)];
            }

            repetitions.AddRange(found.Select(repetition => new LabelledRepetition(clip, cleaned, view, repetition)));
        }

        return repetitions;
    }
}
