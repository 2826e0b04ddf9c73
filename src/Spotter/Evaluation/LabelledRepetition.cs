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
    /// was cut to a single repetition gives that one, by its own ends, and the whole file where no ends are found.
    /// </summary>
    /// <param name="clips">Recordings.</param>
    /// <param name="definition">The exercise.</param>
    /// <param name="whole">Take files that were cut to a single repetition whole, as methods published on them did.</param>
    public static IReadOnlyList<LabelledRepetition> Cut(IEnumerable<RecordedClip> clips, ExerciseDefinition definition, bool whole = false)
    {
        List<LabelledRepetition> repetitions = [];
        foreach (var clip in clips)
        {
            var cleaned = SkeletonCleaning.Clean(clip.Keypoints);
            var view = ViewEstimator.Estimate(cleaned);
            var found = view is { } seen ? RepetitionSegmenter.Segment(cleaned, seen, definition).Repetitions : [];
            if (clip.HoldsOneRepetition)
            {
                // Such files begin and end anywhere around their repetition; its own ends are taken, as they are in a clip that is judged.
                var longest = found.Count > 0 ? found.MaxBy(repetition => repetition.FrameCount) : new Repetition(0, cleaned.FrameCount / 2, cleaned.FrameCount);
                found = [whole ? new Repetition(0, longest.TurningFrame, cleaned.FrameCount) : longest];
            }

            repetitions.AddRange(found.Select(repetition => new LabelledRepetition(clip, cleaned, view, repetition)));
        }

        return repetitions;
    }
}
