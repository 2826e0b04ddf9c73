using System.Text.Json.Serialization;
using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Measures;

/// <summary>A part of a repetition.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RepetitionPhase>))]
public enum RepetitionPhase
{
    /// <summary>Low: the first and last part of a press.</summary>
    [JsonStringEnumMemberName("bottom")]
    Bottom,

    /// <summary>The way up.</summary>
    [JsonStringEnumMemberName("up")]
    Up,

    /// <summary>High: the middle of a press.</summary>
    [JsonStringEnumMemberName("top")]
    Top,

    /// <summary>The way down.</summary>
    [JsonStringEnumMemberName("down")]
    Down,

    /// <summary>All of it.</summary>
    [JsonStringEnumMemberName("whole")]
    Whole,
}

/// <summary>Which frames of a repetition belong to which phase, by how far its signal has moved between its two ends.</summary>
public sealed class RepetitionPhases
{
    // The ends are the lowest and highest 15 % of the swing: with a smooth movement a quarter of the time each, long enough to average over.
    private const double EndShare = 0.15;

    private readonly RepetitionPhase[] phases;
    private readonly double[] shares;

    private RepetitionPhases(RepetitionPhase[] phases, double[] shares, int turning, SignalDirection direction)
    {
        this.phases = phases;
        this.shares = shares;
        Turning = turning;
        (RestPhase, TurnPhase, WayThere, WayBack) = Order(direction);
    }

    /// <summary>The frame of the turning point, counted from the start of the repetition.</summary>
    public int Turning { get; }

    /// <summary>The end at which the repetition starts and stops: the bottom of a press, the top of a pushdown.</summary>
    public RepetitionPhase RestPhase { get; }

    /// <summary>The end at which it turns.</summary>
    public RepetitionPhase TurnPhase { get; }

    /// <summary>The way to the turning point.</summary>
    public RepetitionPhase WayThere { get; }

    /// <summary>The way back from it.</summary>
    public RepetitionPhase WayBack { get; }

    /// <summary>Number of frames of the repetition.</summary>
    public int FrameCount => phases.Length;

    /// <summary>The phase of a frame, counted from the start of the repetition; never <see cref="RepetitionPhase.Whole"/>.</summary>
    public RepetitionPhase this[int frame] => phases[frame];

    /// <summary>Finds the phases of a repetition; null when its signal cannot be followed.</summary>
    public static RepetitionPhases? Find(SkeletonSequence sequence, Repetition repetition, ViewEstimate view, ExerciseDefinition exercise)
    {
        var frames = sequence.Slice(repetition.StartFrame, repetition.EndFrame);
        if (frames.FrameCount == 0 || SetSignal.Read(frames, view, exercise.Signal) is not { } signal)
        {
            return null;
        }

        var turning = Math.Clamp(repetition.TurningFrame - repetition.StartFrame, 0, signal.Length - 1);
        var (start, turn, away, back) = Order(exercise.Signal.Direction);
        double low = signal.Min(), high = signal.Max();
        var found = new RepetitionPhase[signal.Length];
        var ways = new double[signal.Length];
        for (var frame = 0; frame < found.Length; frame++)
        {
            var share = high > low ? (signal[frame] - low) / (high - low) : 0;
            ways[frame] = share;
            found[frame] = share switch
            {
                <= EndShare => start,
                >= 1 - EndShare => turn,
                _ => frame < turning ? away : back,
            };
        }

        return new RepetitionPhases(found, ways, turning, exercise.Signal.Direction);
    }

    /// <summary>How far the signal is in a frame from its lowest (0) to its highest value (1).</summary>
    public double Share(int frame) => shares[frame];

    /// <summary>The end of the movement to which a frame is nearer.</summary>
    public RepetitionPhase EndNearest(int frame) => shares[frame] >= 0.5 ? TurnPhase : RestPhase;

    /// <summary>The frames of a phase, counted from the start of the repetition.</summary>
    public IEnumerable<int> Frames(RepetitionPhase phase)
    {
        for (var frame = 0; frame < phases.Length; frame++)
        {
            if (phase == RepetitionPhase.Whole || phases[frame] == phase)
            {
                yield return frame;
            }
        }
    }

    /// <summary>
    /// First and last frame of the longest stretch of a phase, counted from the start of the repetition; the whole repetition when there is none.
    /// </summary>
    public (int First, int Last) Longest(RepetitionPhase phase)
    {
        var best = (First: 0, Last: -1);
        var first = -1;
        for (var frame = 0; frame <= phases.Length; frame++)
        {
            var inside = frame < phases.Length && (phase == RepetitionPhase.Whole || phases[frame] == phase);
            if (inside && first < 0)
            {
                first = frame;
            }
            else if (!inside && first >= 0)
            {
                best = frame - first > best.Last - best.First + 1 ? (first, frame - 1) : best;
                first = -1;
            }
        }

        return best.Last < 0 ? (0, phases.Length - 1) : best;
    }

    private static (RepetitionPhase Start, RepetitionPhase Turn, RepetitionPhase There, RepetitionPhase Back) Order(SignalDirection direction) => direction == SignalDirection.Up
        ? (RepetitionPhase.Bottom, RepetitionPhase.Top, RepetitionPhase.Up, RepetitionPhase.Down)
        : (RepetitionPhase.Top, RepetitionPhase.Bottom, RepetitionPhase.Down, RepetitionPhase.Up);
}
