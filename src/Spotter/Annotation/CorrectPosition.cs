using SkiaSharp;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Annotation;

/// <summary>The position that would have been right at the moment of a finding, as a mannequin with the person's own limbs, where the person stands in the picture.</summary>
public static class CorrectPosition
{
    // Shoulders farther apart than this, in torso lengths, are seen from the front.
    private const float FrontShare = 0.4f;

    private static readonly Joint[] Carried =
    [
        Joint.RightShoulder, Joint.LeftShoulder, Joint.RightElbow, Joint.LeftElbow, Joint.RightWrist, Joint.LeftWrist,
        Joint.Nose, Joint.RightEye, Joint.LeftEye, Joint.RightEar, Joint.LeftEar,
    ];

    private static readonly (Joint Joint, Joint Other, Joint Shoulder, Joint OtherShoulder)[] Arms =
    [
        (Joint.RightElbow, Joint.LeftElbow, Joint.RightShoulder, Joint.LeftShoulder),
        (Joint.LeftElbow, Joint.RightElbow, Joint.LeftShoulder, Joint.RightShoulder),
        (Joint.RightWrist, Joint.LeftWrist, Joint.RightShoulder, Joint.LeftShoulder),
        (Joint.LeftWrist, Joint.RightWrist, Joint.LeftShoulder, Joint.RightShoulder),
    ];

    private static readonly SKColor Ground = new(0x12, 0x1B, 0x24);

    /// <summary>Draws the position over the whole picture.</summary>
    /// <param name="canvas">A picture of the size that <paramref name="pose"/> is for.</param>
    /// <param name="finding">The finding.</param>
    /// <param name="pose">The body over the clip.</param>
    /// <param name="seconds">The moment, from the start of the clip.</param>
    /// <returns>False where nothing can be shown: what is wrong has no place (a time), or the joints are not known. Nothing is drawn then.</returns>
    public static bool TryPaint(SKCanvas canvas, Finding finding, PoseTimeline pose, double seconds)
    {
        var joints = new PaintedJoint[Skeleton.JointCount];
        pose.At(seconds, joints);
        var right = Complete(GhostPose.Find(finding, joints, pose.TorsoLength), joints, pose.TorsoLength);
        if (right.Count == 0)
        {
            return false;
        }

        foreach (var (joint, place) in right)
        {
            joints[(int)joint] = joints[(int)joint] with { Position = place };
        }

        canvas.Clear(Ground);
        using var figure = new FigurePainter();
        figure.Paint(canvas, joints, pose.TorsoLength, right.Keys.ToHashSet());
        return true;
    }

    /// <summary>A whole body must not show the fault elsewhere: the arms go with the trunk, and the other arm does what the right one does.</summary>
    private static Dictionary<Joint, SKPoint> Complete(IReadOnlyDictionary<Joint, SKPoint> ghost, PaintedJoint[] joints, float torso)
    {
        var right = new Dictionary<Joint, SKPoint>(ghost);
        if (ghost.TryGetValue(Joint.Neck, out var neck) && Hips(joints) is { } hips)
        {
            var turn = Limb.Between(hips, joints[(int)Joint.Neck].Position, neck);
            foreach (var joint in Carried.Where(joint => !right.ContainsKey(joint)))
            {
                right[joint] = Limb.Turn(joints[(int)joint].Position, hips, turn);
            }
        }

        foreach (var (joint, other, shoulder, otherShoulder) in Arms)
        {
            if (ghost.TryGetValue(joint, out var place) && right.TryAdd(other, default))
            {
                var (root, otherRoot) = (joints[(int)shoulder].Position, joints[(int)otherShoulder].Position);
                right[other] = Math.Abs(root.X - otherRoot.X) > FrontShare * torso
                    ? new SKPoint(otherRoot.X - (place.X - root.X), otherRoot.Y + place.Y - root.Y)
                    : joints[(int)other].Position + place - joints[(int)joint].Position;
            }
        }

        return right;
    }

    private static SKPoint? Hips(PaintedJoint[] joints)
    {
        SKPoint[] seen = [.. new[] { Joint.RightHip, Joint.LeftHip }.Select(hip => joints[(int)hip]).Where(hip => hip.Sight != JointSight.Absent).Select(hip => hip.Position)];
        return seen.Length == 0 ? null : new SKPoint(seen.Average(hip => hip.X), seen.Average(hip => hip.Y));
    }
}
