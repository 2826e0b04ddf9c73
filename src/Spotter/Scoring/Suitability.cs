using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Repetitions;
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

    /// <summary>Farthest the background may move, as a share of the picture's width.</summary>
    public const double MaximumCameraShift = 0.12;

    /// <summary>Farthest the background may go in a second, back and forth counted, as a share of the picture's longer side: a camera that shakes without going away.</summary>
    public const double MaximumCameraShiftPerSecond = 0.06;

    private const double MinimumShareWithPerson = 0.4;
    private const double MaximumShareWithSeveralPeople = 0.4;

    // A joint is not usable in a repetition when it is missing for more than this share of it: cleaning bridges shorter gaps.
    private const double MaximumShareMissing = 0.3;

    // A hand that is outside of the picture for longer has its turning point guessed, not seen.
    private const double MaximumSecondsOutside = 0.25;

    // How near the picture's edge, as a share of its size, a joint is seen before or after it is missing when it is said to have left the picture.
    private const double EdgeShare = 0.08;

    /// <summary>What can be said before the movement is looked at.</summary>
    public static IReadOnlyList<Reason> OfClip(PoseTrack track)
    {
        var reasons = new List<Reason>();
        var skeleton = track.Skeleton;
        var seconds = skeleton.FrameCount < 2 ? 0 : skeleton.Timestamps[^1] - skeleton.Timestamps[0] + (1 / skeleton.FramesPerSecond);
        if (seconds < MinimumSeconds)
        {
            reasons.Add(Because(ReasonCodes.TooShort, seconds));
        }
        else if (skeleton.FramesPerSecond < MinimumFramesPerSecond)
        {
            reasons.Add(Because(ReasonCodes.FrameRateTooLow, skeleton.FramesPerSecond, MinimumFramesPerSecond));
        }

        if (skeleton.FrameCount == 0 || track.FramesWithPose < MinimumShareWithPerson * skeleton.FrameCount)
        {
            reasons.Add(Because(ReasonCodes.NoPerson));
            return reasons;
        }

        if (track.ShareOfFramesWithSeveralPeople > MaximumShareWithSeveralPeople)
        {
            reasons.Add(Because(ReasonCodes.SeveralPeople));
        }

        if (BodyFrame.TryMeasure(skeleton, 0, skeleton.FrameCount, out var body) && body.Torso < MinimumTorsoPixels)
        {
            reasons.Add(Because(ReasonCodes.PersonTooSmall, body.Torso, MinimumTorsoPixels));
        }

        if (track.CameraShift > MaximumCameraShift || track.CameraShiftPerSecond > MaximumCameraShiftPerSecond)
        {
            reasons.Add(Because(ReasonCodes.CameraMoves));
        }

        return reasons;
    }

    /// <summary>
    /// Whether the movement may be looked at for all that: a clip with few frames a second cannot be judged, but shows whether it is the exercise at all, which is the
    /// more helpful thing to be told.
    /// </summary>
    public static bool ShowsMovement(IReadOnlyList<Reason> reasons) => reasons.All(reason => reason.Code == ReasonCodes.FrameRateTooLow);

    /// <summary>Which joints that the exercise needs cannot be followed through the frames given.</summary>
    /// <param name="skeleton">The keypoints as the estimator gave them, before any gap was bridged.</param>
    /// <param name="required">The joints that are needed.</param>
    /// <param name="repetitions">The repetitions to be judged.</param>
    public static IReadOnlyList<Reason> OfJoints(SkeletonSequence skeleton, IReadOnlyList<Joint> required, IReadOnlyList<Repetition> repetitions)
    {
        var (outside, hidden) = (new SortedSet<Joint>(), new SortedSet<Joint>());
        foreach (var joint in repetitions.Count == 0 ? [] : required)
        {
            if (LongestAbsence(skeleton, joint, repetitions[0].StartFrame, repetitions[^1].EndFrame) > MaximumSecondsOutside)
            {
                outside.Add(joint);
            }
            else if (repetitions.Any(repetition => Missing(skeleton, joint, repetition) > MaximumShareMissing * repetition.FrameCount))
            {
                hidden.Add(joint);
            }
        }

        var reasons = new List<Reason>();
        if (outside.Count > 0)
        {
            reasons.Add(Because(ReasonCodes.OutOfFrame, Names(outside)));
        }

        if (hidden.Count > 0)
        {
            reasons.Add(Because(ReasonCodes.JointsHidden, Names(hidden)));
        }

        return reasons;
    }

    /// <summary>What can be said once the set is cut into repetitions of an exercise.</summary>
    /// <param name="skeleton">The keypoints as the estimator gave them, before any gap was bridged.</param>
    /// <param name="view">From where the person is seen.</param>
    /// <param name="choice">The pack and the repetitions it found.</param>
    public static IReadOnlyList<Reason> OfSet(SkeletonSequence skeleton, ViewEstimate view, PackChoice choice)
    {
        var definition = choice.Pack.Definition;
        var name = ExerciseTitle.Of(definition.Name);
        if (choice.Misfit is { } misfit)
        {
            // Hands that leave the picture look like hands that never go up: what is out of the picture comes first.
            IReadOnlyList<Repetition> whole = choice.Set.Repetitions.Count > 0 ? choice.Set.Repetitions : [new Repetition(0, 0, skeleton.FrameCount)];
            var unseen = OfJoints(skeleton, RequiredJoints(definition, view), whole);
            return unseen.Count > 0 ? unseen
                : choice.IsUnknown ? [BecauseUnknown(choice.Considered)]
                : [Because(ReasonCodes.NotThisExercise, name, misfit)];
        }

        var reasons = new List<Reason>();
        if (choice.Set.Repetitions.Count == 0)
        {
            // What is never seen at the top has no whole repetition either; the cause comes before the consequence.
            var unseen = OfJoints(skeleton, RequiredJoints(definition, view), [new Repetition(0, 0, skeleton.FrameCount)]);
            reasons.AddRange(unseen.Count > 0 ? unseen : [Because(ReasonCodes.NoCompleteRepetition)]);
        }

        reasons.AddRange(OfJoints(skeleton, RequiredJoints(definition, view), choice.Set.Repetitions));
        if (choice.Pack.Find(view.View) is null)
        {
            var supported = Texts.Join(choice.Pack.Views.Select(known => Text(known.View)));
            reasons.Add(Because(ReasonCodes.UnsupportedView, name, Text(view.View), supported));
        }

        return reasons;

        static string Text(View view) => Texts.Get("view." + view.ToString().ToLowerInvariant());
    }

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

    /// <summary>A reason with its text in the reader's language.</summary>
    public static Reason Because(string code, params object[] values) => new(code, Texts.Format("reason." + code, values));

    private static Reason BecauseUnknown(IEnumerable<string> known) => new(
        ReasonCodes.NotThisExercise, Texts.Format("reason.unknown-exercise", Texts.Join(known.Select(ExerciseTitle.Of))));

    private static int Missing(SkeletonSequence skeleton, Joint joint, Repetition repetition) =>
        Enumerable.Range(repetition.StartFrame, repetition.FrameCount).Count(frame => skeleton[frame, joint].IsMissing);

    /// <summary>Longest time, in seconds, that a joint is missing after or before it was seen at the picture's edge. Between repetitions counts too: hands
    /// that leave at the top cut one repetition in two.</summary>
    private static double LongestAbsence(SkeletonSequence skeleton, Joint joint, int start, int end)
    {
        var longest = 0.0;
        for (var frame = start; frame < end; frame++)
        {
            if (!skeleton[frame, joint].IsMissing)
            {
                continue;
            }

            var first = frame;
            while (frame < end && skeleton[frame, joint].IsMissing)
            {
                frame++;
            }

            if (AtEdge(skeleton, joint, first - 1) || AtEdge(skeleton, joint, frame))
            {
                longest = Math.Max(longest, skeleton.Timestamps[Math.Min(frame, skeleton.FrameCount - 1)] - skeleton.Timestamps[first]);
            }
        }

        return longest;
    }

    private static bool AtEdge(SkeletonSequence skeleton, Joint joint, int frame)
    {
        if (skeleton.Width == 0 || frame < 0 || frame >= skeleton.FrameCount)
        {
            return false;
        }

        var keypoint = skeleton[frame, joint];
        return !keypoint.IsMissing
            && (Math.Min(keypoint.X, skeleton.Width - keypoint.X) < EdgeShare * skeleton.Width
                || Math.Min(keypoint.Y, skeleton.Height - keypoint.Y) < EdgeShare * skeleton.Height);
    }

    private static string Names(IEnumerable<Joint> joints) => Texts.Join(joints.Select(joint => Texts.Get("joint." + joint.Name())));
}
