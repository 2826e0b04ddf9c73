using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Synthesis;

/// <summary>Angles of one arm and of the trunk in space, degrees: what the angles in a picture stand for.</summary>
/// <param name="Elbow">At the elbow; 180 is a straight arm.</param>
/// <param name="ForearmTilt">The forearm from upright, whichever way, 0 to 180.</param>
/// <param name="Elevation">The upper arm above the horizontal, −90 (hanging) to 90.</param>
/// <param name="Forward">The upper arm about the vertical: 0 points sideways, 90 to the front.</param>
/// <param name="Lean">The trunk from upright, backwards.</param>
public readonly record struct SpaceAngles(double Elbow, double ForearmTilt, double Elevation, double Forward, double Lean)
{
    /// <summary>The angles of a body.</summary>
    /// <param name="joints">18 joints in the body's own directions: x to the person's left, y up, z to the front.</param>
    /// <param name="side">Which arm.</param>
    public static SpaceAngles Of(ReadOnlySpan<Vector3> joints, BodySide side)
    {
        var elbow = joints[(int)side.Of(Joint.RightElbow)];
        var upperArm = elbow - joints[(int)side.Of(Joint.RightShoulder)];
        var forearm = joints[(int)side.Of(Joint.RightWrist)] - elbow;
        var trunk = joints[(int)Joint.Neck] - ((joints[(int)Joint.RightHip] + joints[(int)Joint.LeftHip]) / 2);
        var outward = side == BodySide.Left ? upperArm.X : -upperArm.X;
        return new SpaceAngles(
            new ArmDirections(upperArm, forearm).ElbowAngle,
            Degrees(double.Hypot(forearm.X, forearm.Z), forearm.Y),
            Degrees(upperArm.Y, double.Hypot(upperArm.X, upperArm.Z)),
            Degrees(upperArm.Z, outward),
            Degrees(-trunk.Z, trunk.Y));
    }

    /// <summary>Turns joints from a level camera's directions into the body's own.</summary>
    /// <param name="seen">Joints from anywhere: x to the right of the picture, y down, z away from the camera.</param>
    /// <param name="azimuth">How far the person is turned, degrees, as <see cref="ViewEstimate.AzimuthDegrees"/> tells it.</param>
    /// <returns>The joints: x to the person's left, y up, z to the front.</returns>
    public static Vector3[] Turn(ReadOnlySpan<Vector3> seen, double azimuth)
    {
        var (sin, cos) = MathF.SinCos((float)double.DegreesToRadians(azimuth));
        var turned = new Vector3[seen.Length];
        for (var joint = 0; joint < turned.Length; joint++)
        {
            var place = seen[joint];
            turned[joint] = new Vector3((place.X * cos) + (place.Z * sin), -place.Y, (place.X * sin) - (place.Z * cos));
        }

        return turned;
    }

    private static double Degrees(double y, double x) => double.RadiansToDegrees(Math.Atan2(y, x));
}
