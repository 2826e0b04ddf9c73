using Spotter.Skeletons;

namespace Spotter.Measures;

/// <summary>How one arm moves in a repetition: one number a frame; lengths in torso lengths, angles in degrees.</summary>
internal sealed class ArmTrack
{
    public ArmTrack(SkeletonSequence frames, BodySide side, ViewEstimate view, double torso)
    {
        Side = side;
        var (shoulder, elbow, wrist) = (side.Of(Joint.RightShoulder), side.Of(Joint.RightElbow), side.Of(Joint.RightWrist));
        var aside = Aside(view, side);
        ElbowAngle = Each(frames, frame => SkeletonGeometry.ElbowAngle(frames, frame, side));
        WristHeight = Each(frames, frame => SkeletonGeometry.Above(frames, frame, wrist, shoulder) / torso);
        ElbowHeight = Each(frames, frame => SkeletonGeometry.Above(frames, frame, elbow, shoulder) / torso);
        WristAside = Each(frames, frame => aside * SkeletonGeometry.RightOf(frames, frame, wrist, shoulder) / torso);
        ElbowAside = Each(frames, frame => aside * SkeletonGeometry.RightOf(frames, frame, elbow, shoulder) / torso);
        ElbowBeforeNeck = Each(frames, frame => aside * SkeletonGeometry.RightOf(frames, frame, elbow, Joint.Neck) / torso);
        ForearmTilt = Unwrap(Each(frames, frame => Tilt(
            aside * SkeletonGeometry.RightOf(frames, frame, wrist, elbow), SkeletonGeometry.Above(frames, frame, wrist, elbow))));
        UpperArmSwing = Unwrap(Each(frames, frame => Tilt(
            aside * SkeletonGeometry.RightOf(frames, frame, elbow, shoulder), SkeletonGeometry.Above(frames, frame, shoulder, elbow))));
    }

    public BodySide Side { get; }

    /// <summary>180 for a straight arm.</summary>
    public double[] ElbowAngle { get; }

    /// <summary>Above the shoulder.</summary>
    public double[] WristHeight { get; }

    /// <summary>Above the shoulder.</summary>
    public double[] ElbowHeight { get; }

    /// <summary>Outside of the shoulder seen from the front, before it seen from the side; NaN in other views, where the two cannot be told apart.</summary>
    public double[] WristAside { get; }

    /// <summary>The same for the elbow.</summary>
    public double[] ElbowAside { get; }

    /// <summary>The elbow before the neck, seen from the side.</summary>
    public double[] ElbowBeforeNeck { get; }

    /// <summary>The forearm from upright, above 0 when the wrist is outside of the elbow (from the front) or before it (from the side).</summary>
    public double[] ForearmTilt { get; }

    /// <summary>The upper arm from hanging straight down, above 0 outwards (from the front) or forwards (from the side).</summary>
    public double[] UpperArmSwing { get; }

    private static double Aside(ViewEstimate view, BodySide side) => view.View switch
    {
        View.Front => side == BodySide.Right ? -1 : 1,
        View.Side => view.NearSide == BodySide.Right ? 1 : -1,
        _ => double.NaN,
    };

    private static double Tilt(double across, double up) => Math.Atan2(across, up) * 180 / Math.PI;

    // An angle that passes 180 goes on to 181, so that its range stays what it is.
    private static double[] Unwrap(double[] angles)
    {
        for (var frame = 1; frame < angles.Length; frame++)
        {
            angles[frame] -= 360 * Math.Round((angles[frame] - angles[frame - 1]) / 360);
        }

        return angles;
    }

    private static double[] Each(SkeletonSequence frames, Func<int, double> value)
    {
        var values = new double[frames.FrameCount];
        for (var frame = 0; frame < values.Length; frame++)
        {
            values[frame] = value(frame);
        }

        return values;
    }
}
