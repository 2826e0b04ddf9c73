namespace Spotter.Synthesis;

/// <summary>When one repetition does what, in seconds from the start of the clip.</summary>
/// <param name="StartSeconds">The repetition begins: the weight leaves its start, or bounces there first.</param>
/// <param name="AwaySeconds">The way to the turning point begins; later than the start only after a bounce.</param>
/// <param name="TurnSeconds">The turning point is reached: the top of a press, the bottom of a pushdown.</param>
/// <param name="BackSeconds">The way back begins.</param>
/// <param name="EndSeconds">The start is reached again.</param>
/// <param name="AwayPace">The pace of the way to the turning point.</param>
/// <param name="BackPace">The pace of the way back.</param>
public readonly record struct RepetitionTimes(
    double StartSeconds, double AwaySeconds, double TurnSeconds, double BackSeconds, double EndSeconds, WayPace AwayPace, WayPace BackPace)
{
    /// <summary>Middle of the time at the turning point.</summary>
    public double TurningSeconds => (TurnSeconds + BackSeconds) / 2;

    /// <summary>From the start to the end.</summary>
    public double Duration => EndSeconds - StartSeconds;

    /// <summary>When a share of the way to the turning point is done, seconds.</summary>
    public double AwayAt(double share) => double.Lerp(AwaySeconds, TurnSeconds, AwayPace.TimeOf(share));

    /// <summary>When a share of the way back is done, seconds.</summary>
    public double BackAt(double share) => double.Lerp(BackSeconds, EndSeconds, BackPace.TimeOf(share));
}

/// <summary>Where the set is at one moment.</summary>
/// <param name="From">The repetition under way, or the one just finished.</param>
/// <param name="To">The repetition under way, or the next one.</param>
/// <param name="Blend">0 to 1 from one repetition's start to the next one's.</param>
/// <param name="Progress">0 at the start, 1 at the turning point.</param>
/// <param name="Bounce">0 to 1: how far the bounce at the start goes now, relative to its largest.</param>
/// <param name="Hanging">1 while the arms hang before and after the set, 0 in the set.</param>
public readonly record struct SetMoment(int From, int To, double Blend, double Progress, double Bounce, double Hanging);

/// <summary>The course of a set in time: getting into position, the repetitions with their pauses, and the end.</summary>
public sealed class SetTimeline
{
    private const double BounceSeconds = 0.4;
    private const double ShortestPause = 0.06;
    private readonly RepetitionTimes[] repetitions;
    private readonly double hangUntil;
    private readonly double inPositionAt;
    private readonly double leaveAt;
    private readonly double hangFrom;

    /// <summary>Lays out a set.</summary>
    /// <param name="styles">The tempo of each repetition.</param>
    /// <param name="faults">What is wrong with each repetition.</param>
    /// <param name="idleSeconds">Time held at the start before the first and after the last repetition.</param>
    /// <param name="getIntoPosition">Whether the set starts and ends with hanging arms.</param>
    public SetTimeline(
        IReadOnlyList<ExerciseStyle> styles, IReadOnlyList<IReadOnlyList<Fault>> faults, double idleSeconds, bool getIntoPosition)
    {
        hangUntil = getIntoPosition ? 0.4 : 0;
        inPositionAt = hangUntil + (getIntoPosition ? 1.1 : 0);
        repetitions = new RepetitionTimes[styles.Count];
        var now = inPositionAt + idleSeconds;
        for (var index = 0; index < styles.Count; index++)
        {
            var style = styles[index];
            var speed = Size(faults[index], FaultKind.Rush, 1);
            var pause = speed > 1 ? 0 : 1;
            var start = now;
            var away = start + (Size(faults[index], FaultKind.Bounce, 0) > 0 ? BounceSeconds : 0);
            var turn = away + (style.AwaySeconds / speed);
            var back = turn + (style.TurnSeconds * pause);
            var end = back + (style.BackSeconds / speed);
            repetitions[index] = new RepetitionTimes(start, away, turn, back, end, style.AwayPace, style.BackPace);
            now = end + Math.Max(style.RestSeconds * pause, ShortestPause);
        }

        leaveAt = repetitions[^1].EndSeconds + idleSeconds;
        hangFrom = leaveAt + (getIntoPosition ? 1.1 : 0);
        DurationSeconds = hangFrom + hangUntil;
    }

    /// <summary>Length of the whole clip.</summary>
    public double DurationSeconds { get; }

    /// <summary>The repetitions in order.</summary>
    public IReadOnlyList<RepetitionTimes> Repetitions => repetitions;

    /// <summary>Where the set is at a time.</summary>
    public SetMoment At(double seconds)
    {
        var hanging = seconds < inPositionAt && inPositionAt > hangUntil
            ? 1 - Smooth((seconds - hangUntil) / (inPositionAt - hangUntil))
            : seconds > leaveAt && hangFrom > leaveAt ? Smooth((seconds - leaveAt) / (hangFrom - leaveAt)) : 0;
        var index = Array.FindLastIndex(repetitions, repetition => seconds >= repetition.StartSeconds);
        if (index < 0)
        {
            return new SetMoment(0, 0, 0, 0, 0, hanging);
        }

        var current = repetitions[index];
        if (seconds >= current.EndSeconds)
        {
            if (index == repetitions.Length - 1)
            {
                return new SetMoment(index, index, 0, 0, 0, hanging);
            }

            var blend = Smooth((seconds - current.EndSeconds) / (repetitions[index + 1].StartSeconds - current.EndSeconds));
            return new SetMoment(index, index + 1, blend, 0, 0, 0);
        }

        var bounce = seconds < current.AwaySeconds ? Math.Sin(Math.PI * (seconds - current.StartSeconds) / BounceSeconds) : 0;
        var progress = seconds < current.BackSeconds
            ? Swing(current.AwayPace.At((seconds - current.AwaySeconds) / (current.TurnSeconds - current.AwaySeconds)))
            : 1 - Swing(current.BackPace.At((seconds - current.BackSeconds) / (current.EndSeconds - current.BackSeconds)));
        return new SetMoment(index, index, 0, progress, bounce * bounce, 0);
    }

    /// <summary>
    /// From 0 to 1 with the least jerk, the way people move from one place to another (Flash and Hogan, Journal of Neuroscience 5, 1985).
    /// </summary>
    internal static double Smooth(double share)
    {
        var x = Math.Clamp(share, 0, 1);
        return x * x * x * (10 + (x * (-15 + (6 * x))));
    }

    // Under a load people spend longer in the middle of the way than with the least jerk; half a cosine fits recorded repetitions better.
    private static double Swing(double share) => (1 - Math.Cos(Math.PI * Math.Clamp(share, 0, 1))) / 2;

    private static double Size(IReadOnlyList<Fault> faults, FaultKind kind, double none) =>
        faults.Where(fault => fault.Kind == kind).Select(fault => fault.Size).DefaultIfEmpty(none).Max();
}
