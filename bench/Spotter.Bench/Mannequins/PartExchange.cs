using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Bench.Mannequins;

/// <summary>The parts of the body that move by themselves.</summary>
internal enum MovingPart
{
    RightArm,
    LeftArm,
    Trunk,
    Legs,
}

/// <summary>
/// Gives a part of the body in one repetition the path that the same person's part takes in another one, phase by phase: each part is taken relative to the one that
/// carries it, so that a trunk put upright takes its arms along.
/// </summary>
internal sealed class PartExchange(MannequinRepetition faulty, MannequinRepetition correct)
{
    private static readonly Joint[] Face = [Joint.Nose, Joint.RightEye, Joint.LeftEye, Joint.RightEar, Joint.LeftEar];

    private readonly float scale = Torso(faulty) / Torso(correct);
    private readonly Vector2 ownPlace = MeanHips(faulty);
    private readonly Vector2 otherPlace = MeanHips(correct);

    /// <summary>The part that a joint belongs to.</summary>
    public static MovingPart PartOf(Joint joint) => joint switch
    {
        Joint.RightElbow or Joint.RightWrist => MovingPart.RightArm,
        Joint.LeftElbow or Joint.LeftWrist => MovingPart.LeftArm,
        >= Joint.RightHip and <= Joint.LeftAnkle => MovingPart.Legs,
        _ => MovingPart.Trunk,
    };

    /// <summary>The faulty sequence with some parts moving as in the correct one during the repetition.</summary>
    public SkeletonSequence Exchange(IReadOnlyCollection<MovingPart> parts)
    {
        var keypoints = faulty.Cleaned.Keypoints.ToArray();
        for (var frame = faulty.Repetition.StartFrame; frame < faulty.Repetition.EndFrame; frame++)
        {
            var at = SamePhase(frame);
            var hips = parts.Contains(MovingPart.Legs) ? ownPlace + (scale * (Hips(correct, at) - otherPlace)) : Hips(faulty, frame);
            var neck = hips + Offset(MovingPart.Trunk, Joint.Neck, null);
            Set(Joint.Neck, neck);
            foreach (var joint in Face)
            {
                Set(joint, neck + Offset(MovingPart.Trunk, joint, Joint.Neck));
            }

            foreach (var (side, arm) in ((BodySide, MovingPart)[])[(BodySide.Right, MovingPart.RightArm), (BodySide.Left, MovingPart.LeftArm)])
            {
                var (shoulder, elbow, wrist) = (side.Of(Joint.RightShoulder), side.Of(Joint.RightElbow), side.Of(Joint.RightWrist));
                var place = neck + Offset(MovingPart.Trunk, shoulder, Joint.Neck);
                Set(shoulder, place);
                place += Carried(arm, elbow, shoulder);
                Set(elbow, place);
                Set(wrist, place + Carried(arm, wrist, elbow));
                foreach (var joint in (Joint[])[Joint.RightHip, Joint.RightKnee, Joint.RightAnkle])
                {
                    Set(side.Of(joint), hips + Offset(MovingPart.Legs, side.Of(joint), null));
                }
            }

            // Arms turn with the trunk that carries them.
            Vector2 Carried(MovingPart arm, Joint joint, Joint from) => parts.Contains(MovingPart.Trunk) && !parts.Contains(arm)
                ? Turned(Offset(arm, joint, from), Place(faulty, frame, Joint.Neck) - Hips(faulty, frame), neck - hips)
                : Offset(arm, joint, from);

            Vector2 Offset(MovingPart part, Joint joint, Joint? from) => parts.Contains(part)
                ? scale * (Place(correct, at, joint) - (from is { } root ? Place(correct, at, root) : Hips(correct, at)))
                : Place(faulty, frame, joint) - (from is { } own ? Place(faulty, frame, own) : Hips(faulty, frame));

            void Set(Joint joint, Vector2 place)
            {
                var index = ((frame * Skeleton.JointCount) + (int)joint) * 3;
                if (keypoints[index + 2] > 0)
                {
                    (keypoints[index], keypoints[index + 1]) = (place.X, place.Y);
                }
            }
        }

        return new SkeletonSequence(keypoints, faulty.Cleaned.Timestamps.ToArray(), faulty.Cleaned.Width, faulty.Cleaned.Height);
    }

    private static Vector2 Turned(Vector2 offset, Vector2 from, Vector2 to) => Vector2.Transform(
        offset, Matrix3x2.CreateRotation(MathF.Atan2(to.Y, to.X) - MathF.Atan2(from.Y, from.X)));

    private float SamePhase(int frame)
    {
        var (own, other) = (faulty.Repetition, correct.Repetition);
        return frame <= own.TurningFrame
            ? Scaled(frame, own.StartFrame, own.TurningFrame, other.StartFrame, other.TurningFrame)
            : Scaled(frame, own.TurningFrame, own.EndFrame - 1, other.TurningFrame, other.EndFrame - 1);
    }

    private static float Scaled(float value, float from, float to, float newFrom, float newTo) =>
        newFrom + ((value - from) / Math.Max(to - from, 1) * (newTo - newFrom));

    private static Vector2 Hips(MannequinRepetition repetition, float frame) =>
        (Place(repetition, frame, Joint.RightHip) + Place(repetition, frame, Joint.LeftHip)) / 2;

    private static Vector2 Place(MannequinRepetition repetition, float frame, Joint joint)
    {
        var before = Math.Clamp((int)frame, 0, repetition.Cleaned.FrameCount - 1);
        var after = Math.Min(before + 1, repetition.Cleaned.FrameCount - 1);
        var (a, b) = (repetition.Cleaned[before, joint], repetition.Cleaned[after, joint]);
        return Vector2.Lerp(new Vector2(a.X, a.Y), new Vector2(b.X, b.Y), frame - before);
    }

    private static Vector2 MeanHips(MannequinRepetition repetition)
    {
        var sum = Vector2.Zero;
        for (var frame = repetition.Repetition.StartFrame; frame < repetition.Repetition.EndFrame; frame++)
        {
            sum += Hips(repetition, frame);
        }

        return sum / repetition.Repetition.FrameCount;
    }

    private static float Torso(MannequinRepetition repetition) => Enumerable.Range(repetition.Repetition.StartFrame, repetition.Repetition.FrameCount)
        .Select(frame => Vector2.Distance(Place(repetition, frame, Joint.Neck), Hips(repetition, frame))).Order().ElementAt(repetition.Repetition.FrameCount / 2);
}
