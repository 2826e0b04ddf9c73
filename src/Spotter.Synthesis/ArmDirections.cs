using System.Numerics;

namespace Spotter.Synthesis;

/// <summary>
/// Where one arm points: unit vectors from shoulder to elbow and from elbow to wrist, x to the person's left, y up, z to the front.
/// Both elbow angle and shoulder angles follow from them.
/// </summary>
/// <param name="UpperArm">From the shoulder to the elbow.</param>
/// <param name="Forearm">From the elbow to the wrist.</param>
public readonly record struct ArmDirections(Vector3 UpperArm, Vector3 Forearm)
{
    /// <summary>The angle at the elbow, degrees: 180 is a straight arm.</summary>
    public double ElbowAngle => 180 - AngleBetween(UpperArm, Forearm);

    /// <summary>
    /// The upper arm from its elevation above the horizontal (degrees, −90 hangs down) and its plane (degrees about the vertical: 0 points
    /// sideways, 90 to the front).
    /// </summary>
    /// <param name="outward">+1 for the left arm, −1 for the right.</param>
    /// <param name="elevation">Degrees above the horizontal.</param>
    /// <param name="plane">Degrees from sideways to the front.</param>
    public static Vector3 PointUpperArm(double outward, double elevation, double plane)
    {
        var (up, level) = Math.SinCos(double.DegreesToRadians(elevation));
        var (front, side) = Math.SinCos(double.DegreesToRadians(plane));
        return new Vector3((float)(outward * level * side), (float)up, (float)(level * front));
    }

    /// <summary>
    /// The forearm from its tilt off the vertical (degrees) and the direction of the tilt (degrees about the vertical: 0 inwards, 90 to
    /// the front, 180 outwards).
    /// </summary>
    /// <param name="outward">+1 for the left arm, −1 for the right.</param>
    /// <param name="tilt">Degrees from the vertical.</param>
    /// <param name="plane">Degrees from inwards to the front.</param>
    public static Vector3 PointForearm(double outward, double tilt, double plane)
    {
        var (level, up) = Math.SinCos(double.DegreesToRadians(tilt));
        var (front, side) = Math.SinCos(double.DegreesToRadians(plane));
        return new Vector3((float)(-outward * level * side), (float)up, (float)(level * front));
    }

    /// <summary>An upper arm that makes the given elbow angle with a forearm, the elbow pointing outwards (0) to the front (90).</summary>
    public static Vector3 BendFrom(Vector3 forearm, double elbowAngle, double outward, double plane)
    {
        var (front, side) = Math.SinCos(double.DegreesToRadians(plane));
        var towards = new Vector3((float)(outward * side), 0, (float)front);
        towards = Vector3.Normalize(towards - (Vector3.Dot(towards, forearm) * forearm));
        var (bend, straight) = Math.SinCos(double.DegreesToRadians(180 - elbowAngle));
        return ((float)straight * forearm) + ((float)bend * towards);
    }

    /// <summary>The directions part of the way from this pose to another, turning evenly on the sphere.</summary>
    public ArmDirections Towards(ArmDirections other, double share) =>
        new(Turn(UpperArm, other.UpperArm, share), Turn(Forearm, other.Forearm, share));

    /// <summary>The same with the elbow bent further, in the plane in which it is bent already.</summary>
    /// <param name="degrees">How much smaller the elbow's angle becomes; 0 changes nothing.</param>
    public ArmDirections Bend(double degrees) => degrees == 0
        ? this
        : this with { Forearm = Vector3.Transform(Forearm, Quaternion.CreateFromAxisAngle(Vector3.Normalize(Vector3.Cross(UpperArm, Forearm)), (float)double.DegreesToRadians(degrees))) };

    /// <summary>Degrees between this upper arm and another.</summary>
    public double UpperArmTo(ArmDirections other) => AngleBetween(UpperArm, other.UpperArm);

    /// <summary>Both directions turned.</summary>
    public ArmDirections Rotate(Quaternion rotation) => new(Vector3.Transform(UpperArm, rotation), Vector3.Transform(Forearm, rotation));

    private static double AngleBetween(Vector3 a, Vector3 b) =>
        double.RadiansToDegrees(Math.Atan2(Vector3.Cross(a, b).Length(), Vector3.Dot(a, b)));

    private static Vector3 Turn(Vector3 from, Vector3 to, double share)
    {
        var angle = double.DegreesToRadians(AngleBetween(from, to));
        if (angle < 1e-6)
        {
            return from;
        }

        var scale = 1 / Math.Sin(angle);
        return Vector3.Normalize(((float)(Math.Sin((1 - share) * angle) * scale) * from) + ((float)(Math.Sin(share * angle) * scale) * to));
    }
}
