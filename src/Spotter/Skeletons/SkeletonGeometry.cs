namespace Spotter.Skeletons;

/// <summary>Angles and distances in the picture, from one frame of a cleaned sequence; NaN where a joint is missing.</summary>
internal static class SkeletonGeometry
{
    /// <summary>Angle at a joint between its two neighbours, 0 to 180 degrees: 180 is straight.</summary>
    public static double Angle(SkeletonSequence sequence, int frame, Joint from, Joint at, Joint to)
    {
        var (a, b, c) = (sequence[frame, from], sequence[frame, at], sequence[frame, to]);
        if (a.IsMissing || b.IsMissing || c.IsMissing)
        {
            return double.NaN;
        }

        double ax = a.X - b.X, ay = a.Y - b.Y, cx = c.X - b.X, cy = c.Y - b.Y;
        return Math.Abs(Math.Atan2((ax * cy) - (ay * cx), (ax * cx) + (ay * cy))) * 180 / Math.PI;
    }

    /// <summary>Angle at the elbow, 180 for a straight arm.</summary>
    public static double ElbowAngle(SkeletonSequence sequence, int frame, BodySide side) =>
        Angle(sequence, frame, side.Of(Joint.RightShoulder), side.Of(Joint.RightElbow), side.Of(Joint.RightWrist));

    /// <summary>Angle at the knee, 180 for a straight leg.</summary>
    public static double KneeAngle(SkeletonSequence sequence, int frame, BodySide side) =>
        Angle(sequence, frame, side.Of(Joint.RightHip), side.Of(Joint.RightKnee), side.Of(Joint.RightAnkle));

    /// <summary>How much higher a joint is than another, in pixels.</summary>
    public static double Above(SkeletonSequence sequence, int frame, Joint joint, Joint reference)
    {
        var (a, b) = (sequence[frame, joint], sequence[frame, reference]);
        return a.IsMissing || b.IsMissing ? double.NaN : b.Y - a.Y;
    }

    /// <summary>How much further right in the picture a joint is than another, in pixels.</summary>
    public static double RightOf(SkeletonSequence sequence, int frame, Joint joint, Joint reference)
    {
        var (a, b) = (sequence[frame, joint], sequence[frame, reference]);
        return a.IsMissing || b.IsMissing ? double.NaN : a.X - b.X;
    }

    /// <summary>Length of the torso in the picture, pixels.</summary>
    public static double Torso(SkeletonSequence sequence, int frame) =>
        BodyFrame.Hips(sequence, frame) is { } hips && BodyFrame.Neck(sequence, frame) is { } neck
            ? double.Hypot(neck.X - hips.X, neck.Y - hips.Y)
            : double.NaN;

    /// <summary>Angle of the trunk from upright, degrees, above 0 when the neck is further right in the picture than the hips.</summary>
    public static double TrunkAngle(SkeletonSequence sequence, int frame) =>
        BodyFrame.Hips(sequence, frame) is { } hips && BodyFrame.Neck(sequence, frame) is { } neck
            ? Math.Atan2(neck.X - hips.X, hips.Y - neck.Y) * 180 / Math.PI
            : double.NaN;
}
