using System.Numerics;

namespace Spotter.Synthesis;

/// <summary>
/// The way of one arm in one repetition: from the start (progress 0) to the turning point (1), evenly on the sphere of directions, between the ends
/// that this repetition reaches.
/// </summary>
public sealed class ArmPath
{
    private readonly ArmDirections bent;
    private readonly ArmDirections straight;
    private readonly double middleForward;
    private readonly double from;
    private readonly double to;
    private readonly bool startsBent;

    /// <summary>The way that a style and its faults give one arm.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="style">How the person does it.</param>
    /// <param name="faults">What is wrong.</param>
    /// <param name="side">Which arm.</param>
    public ArmPath(MannequinExercise exercise, ExerciseStyle style, IReadOnlyList<Fault> faults, Side side)
    {
        double Size(FaultKind kind) => faults.Where(fault => fault.Kind == kind && fault.Concerns(side)).Sum(fault => fault.Size);
        startsBent = exercise.StartsBent;
        var outward = side == Side.Left ? 1 : -1;
        var correct = new ArmDirections(
            ArmDirections.PointUpperArm(outward, style.BentElevation, style.BentPlane),
            ArmDirections.PointForearm(outward, style.BentTilt, style.BentTiltPlane));
        var forearm = ArmDirections.PointForearm(outward, style.StraightTilt, style.StraightTiltPlane);
        straight = new ArmDirections(ArmDirections.BendFrom(forearm, style.StraightExtension, outward, style.StraightElbowPlane), forearm);
        Rise = 1 - Size(FaultKind.ShortRise);
        middleForward = Math.Tan(double.DegreesToRadians(style.MiddleForward));
        bent = exercise.ArmsHang
            ? correct.Rotate(Turn(Vector3.UnitX, -Size(FaultKind.ElbowsForward)))
            : new ArmDirections(
                ArmDirections.PointUpperArm(
                    outward,
                    Math.Max(style.BentElevation - Size(FaultKind.ElbowsLow), -85),
                    style.BentPlane + Size(FaultKind.ElbowsForward) - Size(FaultKind.ElbowFlare)),
                ArmDirections.PointForearm(outward, style.BentTilt + Size(FaultKind.WristOff), style.BentTiltPlane));
        if (exercise.ArmsHang)
        {
            var flare = Turn(Vector3.UnitZ, outward * Size(FaultKind.ElbowFlare));
            (bent, straight) = (bent.Rotate(flare), straight.Rotate(flare));
        }

        var (missingBend, missingReach) = (Size(FaultKind.ShortBottom) + Size(FaultKind.ShortTop), Size(FaultKind.NoLockout));
        (missingBend, missingReach) = startsBent
            ? (missingBend, missingReach + Size(FaultKind.Asymmetry))
            : (missingBend + Size(FaultKind.Asymmetry), missingReach);
        if (exercise.KeepsArmsStraight)
        {
            (bent, straight) = (bent.Bend(missingReach), straight.Bend(missingReach));
            from = missingBend > 0 ? Math.Min(missingBend / bent.UpperArmTo(straight), 0.95) : 0;
            to = 1;
            return;
        }

        from = missingBend > 0 ? ShareAt(correct.ElbowAngle + missingBend, 0) : 0;
        to = missingReach > 0 ? ShareAt(style.StraightExtension - missingReach, from) : 1;
    }

    /// <summary>Share of the correct rise of the shoulder.</summary>
    public double Rise { get; }

    /// <summary>The arm at a progress of 0 (this repetition's start) to 1 (its turning point).</summary>
    public ArmDirections At(double progress) => OnTheWay(Straightness(progress));

    /// <summary>How far along the whole correct way from its start the arm is, 0 to 1.</summary>
    public double ShareOfWay(double progress) => startsBent ? Straightness(progress) : 1 - Straightness(progress);

    private static Quaternion Turn(Vector3 axis, double degrees) => Quaternion.CreateFromAxisAngle(axis, (float)double.DegreesToRadians(degrees));

    private double Straightness(double progress) => startsBent ? from + ((to - from) * progress) : to - ((to - from) * progress);

    // 0 is the bent end, 1 the straight one.
    private ArmDirections OnTheWay(double share)
    {
        var arm = bent.Towards(straight, share);
        var forward = (float)(middleForward * Math.Sin(Math.PI * Math.Clamp(share, 0, 1)));
        return arm with { UpperArm = Vector3.Normalize(arm.UpperArm + (forward * Vector3.UnitZ)) };
    }

    // The elbow opens all the way to the straight end, so the share at which it has an angle is found by halving.
    private double ShareAt(double elbowAngle, double lowest)
    {
        var (below, above) = (lowest, 1.0);
        for (var step = 0; step < 40; step++)
        {
            var middle = (below + above) / 2;
            (below, above) = OnTheWay(middle).ElbowAngle < elbowAngle ? (middle, above) : (below, middle);
        }

        return above;
    }
}
