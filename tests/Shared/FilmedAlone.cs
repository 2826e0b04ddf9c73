using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Tests;

/// <summary>
/// A set as somebody films it who is alone: a hand at the phone, drop it, walk away with hanging arms, bring the weight to the shoulders, wait, the set,
/// and the same back. The body is larger at the phone than at its place.
/// </summary>
internal sealed record FilmedAlone
{
    private const int Numbers = Skeleton.JointCount * 3;

    /// <summary>How much larger the body is at the phone.</summary>
    public float Nearness { get; init; } = 1;

    /// <summary>How high the hand at the phone is above the shoulder, in torso lengths.</summary>
    public float HandAtPhone { get; init; } = 0.3f;

    /// <summary>Seconds at the phone.</summary>
    public double PhoneSeconds { get; init; } = 1;

    /// <summary>Seconds of dropping the hand and walking.</summary>
    public double WalkSeconds { get; init; } = 1.5;

    /// <summary>Seconds of standing with hanging arms.</summary>
    public double HangSeconds { get; init; } = 0.7;

    /// <summary>Seconds in which the weight goes to the shoulders.</summary>
    public double LiftSeconds { get; init; } = 0.8;

    /// <summary>Seconds before the set begins.</summary>
    public double BeforeSeconds => PhoneSeconds + WalkSeconds + HangSeconds + LiftSeconds;

    /// <summary>Puts what was filmed before and after around a set; the set begins at <see cref="BeforeSeconds"/>.</summary>
    public SkeletonSequence Around(SkeletonSequence set)
    {
        var rate = set.FramesPerSecond;
        var before = (int)Math.Round(BeforeSeconds * rate);
        var keypoints = new float[(set.FrameCount + (2 * before)) * Numbers];
        set.Keypoints.CopyTo(keypoints.AsSpan(before * Numbers));
        for (var frame = 0; frame < before; frame++)
        {
            Pose(set, 0, frame / rate, keypoints.AsSpan(frame * Numbers, Numbers));
            Pose(set, set.FrameCount - 1, frame / rate, keypoints.AsSpan(keypoints.Length - ((frame + 1) * Numbers), Numbers));
        }

        return SkeletonSequence.AtConstantRate(keypoints, rate, set.Width, set.Height);
    }

    private void Pose(SkeletonSequence set, int source, double seconds, Span<float> result)
    {
        var dropped = Smooth((seconds - PhoneSeconds) / (WalkSeconds / 2));
        var walked = Smooth((seconds - PhoneSeconds) / WalkSeconds);
        var lifted = Smooth((seconds - PhoneSeconds - WalkSeconds - HangSeconds) / LiftSeconds);
        var hips = (Place(set, source, Joint.RightHip) + Place(set, source, Joint.LeftHip)) / 2;
        var torso = Vector2.Distance(hips, Place(set, source, Joint.Neck));
        var scale = Nearness + ((1 - Nearness) * walked);
        foreach (var joint in Enum.GetValues<Joint>())
        {
            var place = Place(set, source, joint);
            if (joint is Joint.RightElbow or Joint.RightWrist or Joint.LeftElbow or Joint.LeftWrist)
            {
                var shoulder = Place(set, source, joint is Joint.RightElbow or Joint.RightWrist ? Joint.RightShoulder : Joint.LeftShoulder);
                var hanging = shoulder + new Vector2(0, torso * (joint is Joint.RightElbow or Joint.LeftElbow ? 0.58f : 1.1f));
                var raised = joint switch
                {
                    Joint.RightWrist => shoulder + new Vector2(torso * 0.3f, -torso * HandAtPhone),
                    Joint.RightElbow => shoulder + new Vector2(torso * 0.35f, torso * 0.3f),
                    _ => hanging,
                };
                place = Vector2.Lerp(Vector2.Lerp(raised, hanging, dropped), place, lifted);
            }

            // What is near is larger, about the hips, and partly out of the picture.
            var seen = hips + ((place - hips) * scale);
            var inside = set.Width == 0 || (seen.X >= 0 && seen.Y >= 0 && seen.X < set.Width && seen.Y < set.Height);
            var confidence = set[source, joint].Confidence;
            var at = (int)joint * 3;
            (result[at], result[at + 1], result[at + 2]) = inside && confidence > 0 ? (seen.X, seen.Y, confidence) : (0, 0, 0);
        }
    }

    private static Vector2 Place(SkeletonSequence set, int frame, Joint joint) => new(set[frame, joint].X, set[frame, joint].Y);

    private static float Smooth(double share)
    {
        var x = Math.Clamp(share, 0, 1);
        return (float)(x * x * x * (10 + (x * (-15 + (6 * x)))));
    }
}
