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
    public static FaultSpan Of(MannequinExercise exercise, Fault fault, int repetition, RepetitionTimes times)
    {
        var atStart = (times.StartSeconds, times.AwayAt(0.5));
        var atTurn = (times.AwayAt(0.75), times.BackAt(0.25));
        var aroundTurn = (times.AwayAt(0.4), times.BackAt(0.6));
        var whole = (times.StartSeconds, times.EndSeconds);
        var (start, end) = fault.Kind switch
        {
            FaultKind.NoLockout => exercise.KeepsArmsStraight ? whole : exercise.StartsBent ? atTurn : atStart,
            FaultKind.ShortTop => exercise.StartsBent ? atStart : atTurn,
            FaultKind.ShortRise => atTurn,
            FaultKind.LeanBack or FaultKind.LeanForward or FaultKind.Asymmetry => aroundTurn,
            FaultKind.ElbowsForward when exercise.ArmsHang => exercise.StartsBent ? atStart : atTurn,
            FaultKind.ElbowFlare when exercise.ArmsHang => whole,
            FaultKind.ShortBottom or FaultKind.ElbowsLow or FaultKind.ElbowsForward or FaultKind.ElbowFlare or FaultKind.WristOff => atStart,
            FaultKind.KneeDrive => (times.AwaySeconds - 0.2, times.AwaySeconds + 0.25),
            FaultKind.Bounce => (times.StartSeconds, times.AwaySeconds),
            _ => whole,
        };
        return new FaultSpan(fault, repetition, JointsOf(exercise, fault), start, end);
    }

    private static Joint[] JointsOf(MannequinExercise exercise, Fault fault) => fault.Kind switch
    {
        FaultKind.LeanBack or FaultKind.LeanForward or FaultKind.Sway => [Joint.Neck, Joint.RightShoulder, Joint.LeftShoulder, Joint.Nose],
        FaultKind.KneeDrive => [Joint.RightKnee, Joint.LeftKnee, Joint.RightHip, Joint.LeftHip],
        FaultKind.ShortRise => Sided(fault, Joint.RightShoulder, Joint.RightElbow),
        FaultKind.ShortTop or FaultKind.Asymmetry when exercise.KeepsArmsStraight => Sided(fault, Joint.RightWrist, Joint.RightElbow),
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
