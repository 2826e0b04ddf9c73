using System.Numerics;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Synthesis;

/// <summary>A synthesised set: what an estimator would report, and the truth about it.</summary>
public sealed class MannequinSequence
{
    internal MannequinSequence(
        MannequinOptions options, SetMotion motion, Camera camera, SkeletonSequence sequence, SkeletonSequence exact, Vector3[][] joints)
    {
        Options = options;
        Motion = motion;
        Camera = camera;
        Sequence = sequence;
        Exact = exact;
        Joints3D = joints;
        var rate = options.FramesPerSecond;
        Repetitions = [.. motion.Timeline.Repetitions.Select(times => new Repetition(
            (int)Math.Round(times.StartSeconds * rate),
            (int)Math.Round(times.TurningSeconds * rate),
            Math.Min((int)Math.Round(times.EndSeconds * rate) + 1, joints.Length)))];
        Faults = [.. motion.Timeline.Repetitions.SelectMany((times, index) =>
            motion.FaultsOf(index).Select(fault => FaultSpan.Of(options.Known, fault, index + 1, times)))];
    }

    /// <summary>What was asked for.</summary>
    public MannequinOptions Options { get; }

    /// <summary>The motion as a function of time.</summary>
    public SetMotion Motion { get; }

    /// <summary>The camera that sees it.</summary>
    public Camera Camera { get; }

    /// <summary>The keypoints as the estimator of the options would report them; the exact ones when it makes no errors.</summary>
    public SkeletonSequence Sequence { get; }

    /// <summary>The exact keypoints, all with confidence 1, also where they are hidden or outside the picture.</summary>
    public SkeletonSequence Exact { get; }

    /// <summary>T × 18 joints in metres: x to the person's left, y up from the floor, z to where the person faces.</summary>
    public Vector3[][] Joints3D { get; }

    /// <summary>The repetitions as frames.</summary>
    public IReadOnlyList<Repetition> Repetitions { get; }

    /// <summary>The repetitions in exact seconds.</summary>
    public IReadOnlyList<RepetitionTimes> RepetitionTimes => Motion.Timeline.Repetitions;

    /// <summary>The faults where they happen.</summary>
    public IReadOnlyList<FaultSpan> Faults { get; }

    /// <summary>The faults of one repetition, counted from 0.</summary>
    public IReadOnlyList<Fault> FaultsOf(int repetition) => Motion.FaultsOf(repetition);
}
