using System.Numerics;

namespace Spotter.Synthesis;

/// <summary>
/// The way of one arm in one repetition: from the bottom (progress 0) to the top (1), evenly on the sphere of directions, between the ends
/// that this repetition reaches.
/// </summary>
public sealed class PressPath
{
    private readonly ArmDirections bottom;
    private readonly ArmDirections top;
    private readonly double middleForward;
    private readonly double from;
    private readonly double to;

    /// <summary>The way that a style and its faults give one arm.</summary>
    /// <param name="style">How the person presses.</param>
    /// <param name="faults">What is wrong.</param>
    /// <param name="side">Which arm.</param>
    public PressPath(PressStyle style, IReadOnlyList<Fault> faults, Side side)
    {
        double Size(FaultKind kind) => faults.Where(fault => fault.Kind == kind && fault.Concerns(side)).Sum(fault => fault.Size);
        var outward = side == Side.Left ? 1 : -1;
        var correct = new ArmDirections(
            ArmDirections.PointUpperArm(outward, style.BottomElevation, style.BottomPlane),
            ArmDirections.PointForearm(outward, style.BottomTilt, style.BottomTiltPlane));
        bottom = new ArmDirections(
            ArmDirections.PointUpperArm(
                outward,
                Math.Max(style.BottomElevation - Size(FaultKind.ElbowsLow), -85),
                style.BottomPlane + Size(FaultKind.ElbowsForward) - Size(FaultKind.ElbowFlare)),
            ArmDirections.PointForearm(outward, style.BottomTilt + Size(FaultKind.WristOff), style.BottomTiltPlane));
        var forearm = ArmDirections.PointForearm(outward, style.TopTilt, style.TopTiltPlane);
        top = new ArmDirections(ArmDirections.BendFrom(forearm, style.TopExtension, outward, style.TopElbowPlane), forearm);

        middleForward = Math.Tan(double.DegreesToRadians(style.MiddleForward));

        var shortBottom = Size(FaultKind.ShortBottom);
        from = shortBottom > 0 ? ShareAt(correct.ElbowAngle + shortBottom, 0) : 0;
        var missing = Size(FaultKind.NoLockout) + Size(FaultKind.Asymmetry);
        to = missing > 0 ? ShareAt(style.TopExtension - missing, from) : 1;
    }

    /// <summary>The arm at a progress of 0 (this repetition's bottom) to 1 (its top).</summary>
    public ArmDirections At(double progress) => OnTheWay(ShareOfWay(progress));

    /// <summary>How far along the whole correct way the arm is, 0 to 1.</summary>
    public double ShareOfWay(double progress) => from + ((to - from) * progress);

    private ArmDirections OnTheWay(double share)
    {
        var arm = bottom.Towards(top, share);
        var forward = (float)(middleForward * Math.Sin(Math.PI * Math.Clamp(share, 0, 1)));
        return arm with { UpperArm = Vector3.Normalize(arm.UpperArm + (forward * Vector3.UnitZ)) };
    }

    // The elbow opens all the way up, so the share at which it has an angle is found by halving.
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
