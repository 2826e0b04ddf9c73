using Spotter.Exercises;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Scoring;

/// <summary>Whether a clip can be judged at all; every reason against it comes with advice on how to film it better.</summary>
public static class Suitability
{
    /// <summary>Shortest clip that can hold a repetition, seconds.</summary>
    public const double MinimumSeconds = 1.0;

    /// <summary>Fewest frames per second: below, the turning point of a brisk repetition falls between frames.</summary>
    public const double MinimumFramesPerSecond = 12;

    /// <summary>Smallest torso (neck to hip) in pixels at which joints are still found to a few degrees.</summary>
    public const double MinimumTorsoPixels = 30;

    /// <summary>Farthest the background may move during the set, as a share of the picture's longer side.</summary>
    public const double MaximumCameraShift = 0.12;

    /// <summary>Farthest the background may go in a second, back and forth counted, as a share of the picture's longer side: a camera that shakes without going away.</summary>
    public const double MaximumCameraShiftPerSecond = 0.06;

    /// <summary>Where fewer of the repetitions can be judged, the clip cannot.</summary>
    public const double MinimumShareJudged = 0.5;

    private const double MinimumShareWithPerson = 0.4;
    private const double MaximumShareWithSeveralPeople = 0.4;

    // Turned away further than from the side, a person is seen from behind.
    private const double BehindDegrees = 180 - ViewEstimate.SideLimitDegrees;

    /// <summary>What can be said of the whole clip, whatever the exercise.</summary>
    public static IReadOnlyList<Reason> OfClip(PoseTrack track) => OfClip(track, SetSpan.Of(track, []));

    /// <summary>What can be said before a movement is held against an exercise: of the clip, and of the part of it that counts.</summary>
    /// <param name="track">The clip.</param>
    /// <param name="span">The part that holds the repetitions; people, size and camera matter there only.</param>
    public static IReadOnlyList<Reason> OfClip(PoseTrack track, SetSpan span)
    {
        var reasons = new List<Reason>();
        var skeleton = track.Skeleton;
        var seconds = skeleton.FrameCount < 2 ? 0 : skeleton.Timestamps[^1] - skeleton.Timestamps[0] + (1 / skeleton.FramesPerSecond);
        if (seconds < MinimumSeconds)
        {
            reasons.Add(Because(ReasonCodes.TooShort, seconds));
        }
        else if (FramesPerSecond(skeleton, span) is var rate && rate < MinimumFramesPerSecond)
        {
            reasons.Add(Because(ReasonCodes.FrameRateTooLow, rate, MinimumFramesPerSecond));
        }

        if (IsEmpty(track, span, seconds))
        {
            reasons.Add(Because(ReasonCodes.NoPerson));
            return reasons;
        }

        var duringRepetitions = track.ShareWithSeveralPeople(span.Repetitions.SelectMany(repetition => Enumerable.Range(repetition.StartFrame, repetition.FrameCount)));
        if (Math.Max(duringRepetitions, track.ShareWithSeveralPeople(Enumerable.Range(span.Start, span.FrameCount))) > MaximumShareWithSeveralPeople)
        {
            reasons.Add(Because(ReasonCodes.SeveralPeople));
        }

        if (BodyFrame.TryMeasure(skeleton, span.Start, span.End, out var body) && body.Torso < MinimumTorsoPixels)
        {
            reasons.Add(Because(ReasonCodes.PersonTooSmall, body.Torso, MinimumTorsoPixels));
        }

        var (from, to) = (skeleton.Timestamps[span.Start], skeleton.Timestamps[span.End - 1]);
        if (track.Camera.LargestShift(from, to) > MaximumCameraShift || track.Camera.ShiftPerSecond(from, to) > MaximumCameraShiftPerSecond)
        {
            reasons.Add(Because(ReasonCodes.CameraMoves));
        }

        return reasons;
    }

    /// <summary>What can be said of a clip in which nobody's trunk can be followed, from which everything is measured.</summary>
    public static IReadOnlyList<Reason> OfUnfollowed(PoseTrack track) =>
        OfClip(track) is { Count: > 0 } reasons ? reasons
        : JointSight.Of(track.Skeleton, [Joint.RightHip, Joint.LeftHip], Whole(track.Skeleton)) is { Count: > 0 } unseen ? unseen
        : [Because(ReasonCodes.NoPerson)];

    /// <summary>
    /// Whether the movement may be looked at for all that: a clip with few frames a second cannot be judged, but shows whether it is the exercise at all, which is the
    /// more helpful thing to be told.
    /// </summary>
    public static bool ShowsMovement(IReadOnlyList<Reason> reasons) => reasons.All(reason => reason.Code == ReasonCodes.FrameRateTooLow);

    /// <summary>What can be said once the set is cut into repetitions of an exercise.</summary>
    /// <param name="skeleton">The keypoints as the estimator gave them, before any gap was bridged.</param>
    /// <param name="view">From where the person is seen.</param>
    /// <param name="choice">The pack and the repetitions it found.</param>
    public static IReadOnlyList<Reason> OfSet(SkeletonSequence skeleton, ViewEstimate view, PackChoice choice) =>
        choice.IsUnknown && OfMisfit(skeleton, view, choice.Pack.Definition, choice.Movement) is not [{ Code: ReasonCodes.OutOfFrame or ReasonCodes.JointsHidden }, ..]
            ? [Reason.Of(ReasonCodes.NotThisExercise, new Sentence("reason.unknown-exercise", SentencePart.Exercises(choice.Considered)))]
            : OfSet(skeleton, view, choice.Pack.Definition, choice.Movement, [.. choice.Pack.Views.Select(known => known.View)], choice.Small);

    /// <summary>The same where there is no pack yet.</summary>
    /// <param name="skeleton">The keypoints as the estimator gave them, before any gap was bridged.</param>
    /// <param name="view">From where the person is seen.</param>
    /// <param name="definition">The exercise.</param>
    /// <param name="movement">What it makes of the movement.</param>
    /// <param name="supported">The views that can be judged.</param>
    /// <param name="small">Movements that are too small to count; null where there are none.</param>
    public static IReadOnlyList<Reason> OfSet(
        SkeletonSequence skeleton, ViewEstimate view, ExerciseDefinition definition, Movement movement, IReadOnlyList<View> supported, SmallMovements? small = null)
    {
        if (movement.Misfit is not null)
        {
            return OfMisfit(skeleton, view, definition, movement, small);
        }

        var reasons = new List<Reason>();
        if (movement.Set.Repetitions.Count == 0)
        {
            // What is never seen at the top has no whole repetition either; the cause comes before the consequence.
            var unseen = JointSight.Of(skeleton, RequiredJoints(definition, view), [Whole(skeleton)]);
            reasons.AddRange(unseen.Count > 0 ? unseen : [small is null ? Because(ReasonCodes.NoCompleteRepetition) : TooSmall(definition, small)]);
        }

        reasons.AddRange(OfUnseen(skeleton, RequiredJoints(definition, view), movement.Set.Repetitions));
        if (!supported.Contains(view.View))
        {
            reasons.Add(Because(ReasonCodes.UnsupportedView, SentencePart.Exercises(definition.Name), SentencePart.Names(Name(view)), SentencePart.Names(supported.Select(Name))));
        }

        return reasons;
    }

    /// <summary>Why one repetition cannot be judged; empty when it can.</summary>
    /// <param name="skeleton">The keypoints as the estimator gave them, before any gap was bridged.</param>
    /// <param name="view">From where the person is seen.</param>
    /// <param name="definition">The exercise.</param>
    /// <param name="repetition">The repetition.</param>
    public static IReadOnlyList<Reason> OfRepetition(SkeletonSequence skeleton, ViewEstimate view, ExerciseDefinition definition, Repetition repetition) =>
        JointSight.Of(skeleton, RequiredJoints(definition, view), repetition);

    /// <summary>A reason with its text in the language that is spoken.</summary>
    public static Reason Because(string code, params IReadOnlyList<SentencePart> parts) => Reason.Of(code, new Sentence("reason." + code, parts));

    // Hands that leave the picture look like hands that never go up: what is not seen comes first.
    private static IReadOnlyList<Reason> OfMisfit(
        SkeletonSequence skeleton, ViewEstimate view, ExerciseDefinition definition, Movement movement, SmallMovements? small = null)
    {
        var required = RequiredJoints(definition, view);
        var unseen = movement.Set.Repetitions.Count > 0
            ? OfUnseen(skeleton, required, movement.Set.Repetitions)
            : JointSight.Of(skeleton, required, [Whole(skeleton)]);
        return unseen.Count > 0 ? unseen
            : [small is null ? Because(ReasonCodes.NotThisExercise, SentencePart.Exercises(definition.Name), movement.Misfit!) : TooSmall(definition, small)];
    }

    private static Reason TooSmall(ExerciseDefinition definition, SmallMovements small) =>
        Because(ReasonCodes.MovementsTooSmall, small.Swings.Count, 100 * small.Share, SentencePart.Exercises(definition.Name));

    // What hides joints in so many repetitions that hardly any can be judged.
    private static IReadOnlyList<Reason> OfUnseen(SkeletonSequence skeleton, IReadOnlyList<Joint> required, IReadOnlyList<Repetition> repetitions)
    {
        Repetition[] unseen = [.. repetitions.Where(repetition => JointSight.Of(skeleton, required, repetition).Count > 0)];
        return repetitions.Count - unseen.Length < MinimumShareJudged * repetitions.Count ? JointSight.Of(skeleton, required, unseen) : [];
    }

    private static bool IsEmpty(PoseTrack track, SetSpan span, double seconds)
    {
        var found = track.CountFramesWithPose(span.Start, span.End);
        var least = Math.Min(MinimumSeconds, MinimumShareWithPerson * seconds) * track.Skeleton.FramesPerSecond;
        return found == 0 || found < MinimumShareWithPerson * span.FrameCount || found < least;
    }

    // Recordings of a screen store hardly a frame while nothing moves.
    private static double FramesPerSecond(SkeletonSequence skeleton, SetSpan span) => span.FrameCount < 2
        ? skeleton.FramesPerSecond
        : (span.FrameCount - 1) / (skeleton.Timestamps[span.End - 1] - skeleton.Timestamps[span.Start]);

    private static Repetition Whole(SkeletonSequence skeleton) => new(0, 0, skeleton.FrameCount);

    private static string Name(View view) => "view." + view.ToString().ToLowerInvariant();

    private static string Name(ViewEstimate view) => Math.Abs(view.AzimuthDegrees) > BehindDegrees ? "view.behind" : Name(view.View);

    /// <summary>The joints that must be seen: on both sides, or on the near one in a side view.</summary>
    private static IReadOnlyList<Joint> RequiredJoints(ExerciseDefinition definition, ViewEstimate view)
    {
        IReadOnlyList<BodySide> sides = view.View == View.Side ? [view.NearSide] : BodySides.Both;
        return
        [
            .. definition.RequiredJoints
                .SelectMany(part => BodyPart.TryParse(part, out var joint) ? sides.Select(side => side.Of(joint)) : [])
                .Distinct(),
        ];
    }
}
