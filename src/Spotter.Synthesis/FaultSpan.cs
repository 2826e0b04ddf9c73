using Spotter.Skeletons;

namespace Spotter.Synthesis;

/// <summary>A fault where it happens: which repetition, which joints, from when to when.</summary>
/// <param name="Fault">What is wrong and by how much.</param>
/// <param name="Repetition">Number of the repetition, from 1.</param>
/// <param name="Joints">The joints concerned, the first the most.</param>
/// <param name="StartSeconds">From, seconds from the start of the clip.</param>
/// <param name="EndSeconds">To, seconds from the start of the clip.</param>
public sealed record FaultSpan(Fault Fault, int Repetition, IReadOnlyList<Joint> Joints, double StartSeconds, double EndSeconds)
{
    /// <summary>Where a fault happens in a repetition.</summary>
    public static FaultSpan Of(Fault fault, int repetition, RepetitionTimes times)
    {
        var up = times.TopSeconds - times.UpSeconds;
        var down = times.EndSeconds - times.DownSeconds;
        var (start, end) = fault.Kind switch
        {
            FaultKind.NoLockout => (times.TopSeconds - (0.25 * up), times.DownSeconds + (0.25 * down)),
            FaultKind.LeanBack => (times.UpSeconds + (0.4 * up), times.DownSeconds + (0.6 * down)),
            FaultKind.Asymmetry => (times.UpSeconds + (0.4 * up), times.DownSeconds + (0.6 * down)),
            FaultKind.ShortBottom or FaultKind.ElbowsLow or FaultKind.ElbowsForward or FaultKind.ElbowFlare or FaultKind.WristOff =>
                (times.StartSeconds, times.UpSeconds + (0.5 * up)),
            FaultKind.KneeDrive => (times.UpSeconds - 0.2, times.UpSeconds + 0.25),
            FaultKind.Bounce => (times.StartSeconds, times.UpSeconds),
            _ => (times.StartSeconds, times.EndSeconds),
        };
        return new FaultSpan(fault, repetition, JointsOf(fault), start, end);
    }

    private static Joint[] JointsOf(Fault fault) => fault.Kind switch
    {
        FaultKind.LeanBack or FaultKind.Sway => [Joint.Neck, Joint.RightShoulder, Joint.LeftShoulder, Joint.Nose],
        FaultKind.KneeDrive => [Joint.RightKnee, Joint.LeftKnee, Joint.RightHip, Joint.LeftHip],
        FaultKind.WristOff or FaultKind.Bounce or FaultKind.Rush or FaultKind.LateSide => Sided(fault, Joint.RightWrist, Joint.RightElbow),
        _ => Sided(fault, Joint.RightElbow, Joint.RightWrist),
    };

    private static Joint[] Sided(Fault fault, Joint first, Joint second) => fault.Side switch
    {
        Side.Right => [first, second],
        Side.Left => [first.Mirror(), second.Mirror()],
        _ => [first, first.Mirror(), second, second.Mirror()],
    };
}
