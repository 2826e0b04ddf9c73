using Spotter.Poses;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Scoring;

/// <summary>What is made of a followed clip before anything is judged; the same for judging and for learning.</summary>
/// <typeparam name="T">What is looked for: one exercise, or the one that fits best.</typeparam>
/// <param name="Skeleton">The cleaned sequence.</param>
/// <param name="View">From where the person is seen during the set.</param>
/// <param name="Found">What was found.</param>
/// <param name="Span">The part of the clip that holds the set.</param>
public sealed record SetReading<T>(SkeletonSequence Skeleton, ViewEstimate View, T Found, SetSpan Span);

/// <summary>Reads followed clips.</summary>
public static class SetReading
{
    /// <summary>
    /// Cuts first and decides then from where the set is seen, and which joints are: how somebody stood at the phone or walked about says nothing about the set.
    /// </summary>
    /// <param name="track">The followed clip.</param>
    /// <param name="look">Cuts a cleaned sequence that is seen from somewhere.</param>
    /// <param name="cut">The cut set of what was found.</param>
    /// <returns>Null when nobody can be followed.</returns>
    public static SetReading<T>? Read<T>(PoseTrack track, Func<SkeletonSequence, ViewEstimate, T> look, Func<T, RepetitionSet> cut)
    {
        var skeleton = SkeletonCleaning.CleanAnySeconds(track.Skeleton);
        var first = Read(track, skeleton, look, cut);
        var (start, end) = first is { Span.Repetitions.Count: > 0 } ? (first.Span.Start, first.Span.End) : (0, skeleton.FrameCount);
        var known = SkeletonCleaning.Clean(track.Skeleton, start, end);
        if (known.JointsSeen.SequenceEqual(skeleton.JointsSeen))
        {
            return first;
        }

        // Where what moved is a joint that is not seen there, the first answer tells better which one is hidden, and when.
        return Read(track, known, look, cut) is { } second && (second.Span.Repetitions.Count > 0 || first is not { Span.Repetitions.Count: > 0 }) ? second : first;
    }

    private static SetReading<T>? Read<T>(PoseTrack track, SkeletonSequence skeleton, Func<SkeletonSequence, ViewEstimate, T> look, Func<T, RepetitionSet> cut)
    {
        if (track.EstimateView(skeleton, 0, skeleton.FrameCount) is not { } view)
        {
            return null;
        }

        var found = look(skeleton, view);
        var span = SetSpan.Of(track, cut(found).Repetitions);
        if (track.EstimateView(skeleton, span.Start, span.End) is { } seen)
        {
            if (seen.View != view.View || seen.NearSide != view.NearSide)
            {
                found = look(skeleton, seen);
                span = SetSpan.Of(track, cut(found).Repetitions);
            }

            view = seen;
        }

        return new SetReading<T>(skeleton, view, found, span);
    }
}
