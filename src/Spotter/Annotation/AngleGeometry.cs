using SkiaSharp;
using Spotter.Skeletons;

namespace Spotter.Annotation;

/// <summary>An angle to be drawn: its corner and the points that its sides run to.</summary>
/// <param name="Corner">The corner.</param>
/// <param name="From">A point on one side.</param>
/// <param name="To">A point on the other side.</param>
internal readonly record struct DrawnAngle(SKPoint Corner, SKPoint From, SKPoint To)
{
    /// <summary>The angle between the sides, 0 to 180 degrees.</summary>
    public double Degrees => Math.Abs(Limb.Between(Corner, From, To));
}

/// <summary>Which angle of the drawn body shows a measure.</summary>
internal static class AngleGeometry
{
    /// <summary>Finds the angle; false for a measure that is no angle, or when a joint of it is absent.</summary>
    /// <param name="measure">Name of the measure; only those in degrees are angles.</param>
    /// <param name="joint">The joint blamed.</param>
    /// <param name="joints">The 18 joints.</param>
    /// <param name="angle">The angle found.</param>
    public static bool TryFind(string measure, Joint joint, ReadOnlySpan<PaintedJoint> joints, out DrawnAngle angle)
    {
        angle = default;
        if (!measure.EndsWith("-degrees", StringComparison.Ordinal) || joints[(int)joint].Sight == JointSight.Absent)
        {
            return false;
        }

        var corner = joints[(int)joint].Position;
        if (IsAgainstVertical(measure))
        {
            return TryAgainstVertical(joint, joints, out angle);
        }

        if (measure.StartsWith("upper-arm", StringComparison.Ordinal))
        {
            return TryUpperArm(joint, joints, out angle);
        }

        var (from, to) = Sides(joint);
        if (from is null || to is null || joints[(int)from].Sight == JointSight.Absent || joints[(int)to].Sight == JointSight.Absent)
        {
            return false;
        }

        // A knee's measure is its bend: the shin against the thigh's line.
        var first = joints[(int)from].Position;
        angle = new DrawnAngle(
            corner, joint is Joint.RightKnee or Joint.LeftKnee ? new SKPoint((2 * corner.X) - first.X, (2 * corner.Y) - first.Y) : first, joints[(int)to].Position);
        return true;
    }

    private static bool IsAgainstVertical(string measure) =>
        measure.Contains("lean", StringComparison.Ordinal) || measure.Contains("sway", StringComparison.Ordinal)
        || measure.Contains("vertical", StringComparison.Ordinal) || measure.Contains("wrist", StringComparison.Ordinal)
        || measure.Contains("trunk", StringComparison.Ordinal) || measure.Contains("forearm", StringComparison.Ordinal);

    // The limb that ends in the joint, against a plumb line through the limb's other end.
    private static bool TryAgainstVertical(Joint joint, ReadOnlySpan<PaintedJoint> joints, out DrawnAngle angle)
    {
        angle = default;
        var (foot, head) = joint switch
        {
            Joint.RightElbow or Joint.RightWrist => (joints[(int)Joint.RightElbow], joints[(int)Joint.RightWrist]),
            Joint.LeftElbow or Joint.LeftWrist => (joints[(int)Joint.LeftElbow], joints[(int)Joint.LeftWrist]),
            _ => (Hips(joints), joints[(int)Joint.Neck]),
        };
        if (foot.Sight == JointSight.Absent || head.Sight == JointSight.Absent)
        {
            return false;
        }

        var length = SKPoint.Distance(foot.Position, head.Position);
        angle = new DrawnAngle(foot.Position, head.Position, new SKPoint(foot.Position.X, foot.Position.Y - length));
        return true;
    }

    // The upper arm against hanging straight down.
    private static bool TryUpperArm(Joint joint, ReadOnlySpan<PaintedJoint> joints, out DrawnAngle angle)
    {
        angle = default;
        var shoulder = joints[(int)(joint is Joint.RightElbow or Joint.RightWrist or Joint.RightShoulder ? Joint.RightShoulder : Joint.LeftShoulder)];
        var elbow = joints[(int)(joint is Joint.RightElbow or Joint.RightWrist or Joint.RightShoulder ? Joint.RightElbow : Joint.LeftElbow)];
        if (shoulder.Sight == JointSight.Absent || elbow.Sight == JointSight.Absent)
        {
            return false;
        }

        var length = SKPoint.Distance(shoulder.Position, elbow.Position);
        angle = new DrawnAngle(shoulder.Position, elbow.Position, new SKPoint(shoulder.Position.X, shoulder.Position.Y + length));
        return true;
    }

    private static PaintedJoint Hips(ReadOnlySpan<PaintedJoint> joints)
    {
        var (right, left) = (joints[(int)Joint.RightHip], joints[(int)Joint.LeftHip]);
        if (right.Sight == JointSight.Absent || left.Sight == JointSight.Absent)
        {
            return right.Sight == JointSight.Absent ? left : right;
        }

        return new PaintedJoint(new SKPoint((right.Position.X + left.Position.X) / 2, (right.Position.Y + left.Position.Y) / 2), right.Sight);
    }

    private static (Joint? From, Joint? To) Sides(Joint joint) => joint switch
    {
        Joint.RightShoulder => (Joint.RightHip, Joint.RightElbow),
        Joint.LeftShoulder => (Joint.LeftHip, Joint.LeftElbow),
        Joint.RightElbow => (Joint.RightShoulder, Joint.RightWrist),
        Joint.LeftElbow => (Joint.LeftShoulder, Joint.LeftWrist),
        Joint.RightHip => (Joint.Neck, Joint.RightKnee),
        Joint.LeftHip => (Joint.Neck, Joint.LeftKnee),
        Joint.RightKnee => (Joint.RightHip, Joint.RightAnkle),
        Joint.LeftKnee => (Joint.LeftHip, Joint.LeftAnkle),
        _ => (null, null),
    };
}
