using System.Numerics;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Tests.Synthesis;

/// <summary>Angles measured on exact joints in space, independently of how the mannequin makes them.</summary>
internal static class Measure
{
    public static double Angle(Vector3[] joints, Joint from, Joint at, Joint to) =>
        Between(joints[(int)from] - joints[(int)at], joints[(int)to] - joints[(int)at]);

    public static double RightElbow(Vector3[] joints) => Angle(joints, Joint.RightShoulder, Joint.RightElbow, Joint.RightWrist);

    public static double LeftElbow(Vector3[] joints) => Angle(joints, Joint.LeftShoulder, Joint.LeftElbow, Joint.LeftWrist);

    public static double Knee(Vector3[] joints) => Angle(joints, Joint.RightHip, Joint.RightKnee, Joint.RightAnkle);

    /// <summary>Lean of the trunk backwards, degrees.</summary>
    public static double Lean(Vector3[] joints)
    {
        var trunk = Trunk(joints);
        return double.RadiansToDegrees(Math.Atan2(-trunk.Z, trunk.Y));
    }

    /// <summary>Lean of the trunk to the left, degrees.</summary>
    public static double Tilt(Vector3[] joints)
    {
        var trunk = Trunk(joints);
        return double.RadiansToDegrees(Math.Atan2(trunk.X, trunk.Y));
    }

    /// <summary>Elevation of the right upper arm above the horizontal, degrees.</summary>
    public static double Elevation(Vector3[] joints)
    {
        var arm = Vector3.Normalize(joints[(int)Joint.RightElbow] - joints[(int)Joint.RightShoulder]);
        return double.RadiansToDegrees(Math.Asin(arm.Y));
    }

    /// <summary>Direction of the right upper arm about the vertical: 0 sideways, 90 to the front.</summary>
    public static double Plane(Vector3[] joints)
    {
        var arm = joints[(int)Joint.RightElbow] - joints[(int)Joint.RightShoulder];
        return double.RadiansToDegrees(Math.Atan2(arm.Z, -arm.X));
    }

    /// <summary>Tilt of the right forearm from the vertical, degrees.</summary>
    public static double ForearmTilt(Vector3[] joints) => Between(joints[(int)Joint.RightWrist] - joints[(int)Joint.RightElbow], Vector3.UnitY);

    /// <summary>Height of the right wrist above the right shoulder, metres.</summary>
    public static double WristHeight(Vector3[] joints) => joints[(int)Joint.RightWrist].Y - joints[(int)Joint.RightShoulder].Y;

    public static IEnumerable<double> During(MannequinSequence set, int repetition, Func<Vector3[], double> measure)
    {
        var (start, _, end) = set.Repetitions[repetition];
        return set.Joints3D[start..end].Select(measure);
    }

    public static double Range(IEnumerable<double> values)
    {
        var all = values.ToArray();
        return all.Max() - all.Min();
    }

    private static Vector3 Trunk(Vector3[] joints) =>
        ((joints[(int)Joint.RightShoulder] + joints[(int)Joint.LeftShoulder]) / 2) - ((joints[(int)Joint.RightHip] + joints[(int)Joint.LeftHip]) / 2);

    private static double Between(Vector3 a, Vector3 b) =>
        double.RadiansToDegrees(Math.Atan2(Vector3.Cross(a, b).Length(), Vector3.Dot(a, b)));
}
