using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Synthesis;

/// <summary>The angles of the whole body at one moment.</summary>
/// <param name="Lean">Backward lean of the trunk, degrees from the vertical.</param>
/// <param name="Tilt">Sideways lean of the trunk to the person's left, degrees.</param>
/// <param name="KneeFlexion">Flexion of both knees while standing, degrees.</param>
/// <param name="Right">The right arm.</param>
/// <param name="Left">The left arm.</param>
/// <param name="RightShrug">How far the right shoulder is raised, as a share of the trunk.</param>
/// <param name="LeftShrug">How far the left shoulder is raised, as a share of the trunk.</param>
public readonly record struct BodyAngles(
    double Lean, double Tilt, double KneeFlexion, ArmDirections Right, ArmDirections Left, double RightShrug, double LeftShrug);

/// <summary>
/// A body in space: metres, x to the person's left, y up from the floor, z to where the person faces; the origin is on the floor between
/// the feet (seated: below the hips).
/// </summary>
public sealed class BodyPose
{
    // Where the face is relative to the middle of the shoulders, in trunks: what correct repetitions measure in pictures.
    private static readonly Vector3 Nose = new(0, 0.31f, 0.27f);
    private static readonly Vector3 Eye = new(0.058f, 0.365f, 0.225f);
    private static readonly Vector3 Ear = new(0.14f, 0.36f, 0.06f);

    private readonly Vector3[] joints = new Vector3[Skeleton.JointCount];

    /// <summary>Places every joint of a body with the given angles.</summary>
    public BodyPose(BodyProportions body, BodyAngles angles, bool seated)
    {
        Trunk = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, (float)-double.DegreesToRadians(angles.Tilt))
            * Quaternion.CreateFromAxisAngle(Vector3.UnitX, (float)-double.DegreesToRadians(angles.Lean));
        Head = Quaternion.Slerp(Quaternion.Identity, Trunk, 0.5f);
        var hips = seated ? PlaceSeatedLegs(body) : PlaceStandingLegs(body, angles);
        ShoulderLine = hips + Vector3.Transform(new Vector3(0, (float)body.Trunk, 0), Trunk);
        PlaceArm(body, Joint.RightShoulder, -1, angles.Right, angles.RightShrug);
        PlaceArm(body, Joint.LeftShoulder, 1, angles.Left, angles.LeftShrug);
        joints[(int)Joint.Neck] = (joints[(int)Joint.RightShoulder] + joints[(int)Joint.LeftShoulder]) / 2;

        var scale = (float)(body.Stature * 0.296 * body.HeadScale);
        joints[(int)Joint.Nose] = InHead(Nose * scale);
        joints[(int)Joint.RightEye] = InHead(MirrorSide(Eye) * scale);
        joints[(int)Joint.LeftEye] = InHead(Eye * scale);
        joints[(int)Joint.RightEar] = InHead(MirrorSide(Ear) * scale);
        joints[(int)Joint.LeftEar] = InHead(Ear * scale);
    }

    /// <summary>The 18 joints.</summary>
    public ReadOnlySpan<Vector3> Joints => joints;

    /// <summary>One joint.</summary>
    public Vector3 this[Joint joint] => joints[(int)joint];

    /// <summary>Turns the upright trunk into its lean.</summary>
    public Quaternion Trunk { get; }

    /// <summary>Turns the upright head into its lean; half of the trunk's, as people keep looking ahead.</summary>
    public Quaternion Head { get; }

    /// <summary>Middle of the shoulders when they are not raised.</summary>
    public Vector3 ShoulderLine { get; }

    /// <summary>Angle at the elbow in space, degrees; 180 is straight.</summary>
    public double ElbowAngle(Side side)
    {
        var elbow = side == Side.Right ? Joint.RightElbow : Joint.LeftElbow;
        return new ArmDirections(this[elbow] - this[elbow - 1], this[elbow + 1] - this[elbow]).ElbowAngle;
    }

    /// <summary>The joints as an array of their own.</summary>
    public Vector3[] ToArray() => [.. joints];

    /// <summary>A point given relative to the middle of the shoulders in the upright head's directions.</summary>
    public Vector3 InHead(Vector3 offset) => ShoulderLine + Vector3.Transform(offset, Head);

    private static Vector3 MirrorSide(Vector3 point) => point with { X = -point.X };

    private void PlaceArm(BodyProportions body, Joint shoulder, int outward, ArmDirections arm, double shrug)
    {
        var at = (int)shoulder;
        var offset = new Vector3((float)(outward * body.ShoulderWidth / 2), (float)(shrug * body.Trunk), 0);
        joints[at] = ShoulderLine + Vector3.Transform(offset, Trunk);
        joints[at + 1] = joints[at] + ((float)body.UpperArm * arm.UpperArm);
        joints[at + 2] = joints[at + 1] + ((float)body.Forearm * arm.Forearm);
    }

    private Vector3 PlaceStandingLegs(BodyProportions body, BodyAngles angles)
    {
        // The hips go forward as the trunk leans back, so that the body stays over its feet.
        var forward = 0.35 * Math.Sin(double.DegreesToRadians(angles.Lean)) * body.Trunk;
        var stance = 0.6 * body.HipWidth;
        var spread = stance - (body.HipWidth / 2);
        var flexion = double.DegreesToRadians(angles.KneeFlexion);
        var squaredLeg = (body.Thigh * body.Thigh) + (body.Shank * body.Shank) + (2 * body.Thigh * body.Shank * Math.Cos(flexion));
        var height = body.AnkleHeight + Math.Sqrt(squaredLeg - (spread * spread) - (forward * forward));
        var hips = new Vector3(0, (float)height, (float)forward);
        PlaceLeg(body, Joint.RightHip, hips, -1, new Vector3((float)-stance, (float)body.AnkleHeight, 0));
        PlaceLeg(body, Joint.LeftHip, hips, 1, new Vector3((float)stance, (float)body.AnkleHeight, 0));
        return hips;
    }

    private Vector3 PlaceSeatedLegs(BodyProportions body)
    {
        var hips = new Vector3(0, (float)(body.AnkleHeight + body.Shank), 0);
        var ankle = new Vector3((float)(0.7 * body.HipWidth), (float)body.AnkleHeight, (float)body.Thigh);
        PlaceLeg(body, Joint.RightHip, hips, -1, MirrorSide(ankle));
        PlaceLeg(body, Joint.LeftHip, hips, 1, ankle);
        return hips;
    }

    private void PlaceLeg(BodyProportions body, Joint hip, Vector3 hips, int outward, Vector3 ankle)
    {
        var at = (int)hip;
        joints[at] = hips + new Vector3((float)(outward * body.HipWidth / 2), 0, 0);
        joints[at + 2] = ankle;

        // The knee lies where the circles about hip and ankle meet, on the front side.
        var line = ankle - joints[at];
        var length = line.Length();
        var along = ((body.Thigh * body.Thigh) - (body.Shank * body.Shank) + (length * length)) / (2 * length);
        var off = Math.Sqrt(Math.Max((body.Thigh * body.Thigh) - (along * along), 0));
        var direction = line / length;
        var front = new Vector3(0, 0.35f, 1);
        front = Vector3.Normalize(front - (Vector3.Dot(front, direction) * direction));
        joints[at + 1] = joints[at] + ((float)along * direction) + ((float)off * front);
    }
}
