using Spotter.Poses;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Scoring;

/// <summary>
/// The part of a clip that decides whether it can be judged: from the first to the last repetition and a little around them. What is before and after, such
/// as a hand at the phone or an empty place, does not matter.
/// </summary>
/// <param name="Start">First frame.</param>
/// <param name="End">One past the last frame.</param>
/// <param name="Repetitions">The repetitions; none where none was found, then the span is as long as somebody is seen.</param>
public sealed record SetSpan(int Start, int End, IReadOnlyList<Repetition> Repetitions)
{
    /// <summary>What is taken before the first and after the last repetition, seconds.</summary>
    public const double MarginSeconds = 0.5;

    /// <summary>Number of frames.</summary>
    public int FrameCount => End - Start;

    /// <summary>The span of repetitions; of all frames from the first to the last that show the person where there are none.</summary>
    /// <param name="track">The clip.</param>
    /// <param name="repetitions">The repetitions in order.</param>
    public static SetSpan Of(PoseTrack track, IReadOnlyList<Repetition> repetitions)
    {
        var times = track.Skeleton.Timestamps;
        var (start, end) = (0, track.Skeleton.FrameCount);
        if (repetitions.Count == 0)
        {
            while (end > 0 && !track.ShowsPerson(end - 1))
            {
                end--;
            }

            while (start < end && !track.ShowsPerson(start))
            {
                start++;
            }

            return new SetSpan(start, end, []);
        }

        (start, end) = (repetitions[0].StartFrame, repetitions[^1].EndFrame);
        while (start > 0 && times[repetitions[0].StartFrame] - times[start - 1] <= MarginSeconds)
        {
            start--;
        }

        while (end < times.Length && times[end] - times[repetitions[^1].EndFrame - 1] <= MarginSeconds)
        {
            end++;
        }

        return new SetSpan(start, end, repetitions);
    }
}
