using System.Numerics;

namespace Spotter.Synthesis;

/// <summary>A set as a function of time: every joint in space at any moment, with the natural unevenness of people and the faults asked for.</summary>
public sealed class SetMotion
{
    private const double DriveSeconds = 0.45;
    private readonly MannequinOptions options;
    private readonly MannequinExercise exercise;
    private readonly ExerciseStyle person;
    private readonly ExerciseStyle[] styles;
    private readonly IReadOnlyList<Fault>[] faults;
    private readonly ArmPath[] right;
    private readonly ArmPath[] left;
    private readonly Drift leanDrift;
    private readonly Drift tiltDrift;
    private readonly Drift kneeDrift;
    private readonly Drift rightDrift;
    private readonly Drift leftDrift;
    private readonly double swayPhase;

    /// <summary>Plans the set that the options describe.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public SetMotion(MannequinOptions options)
    {
        options.Validate();
        this.options = options;
        exercise = options.Known;
        var random = SeededRandom.For(options.Seed, "person");
        Body = options.Body ?? BodyProportions.Sample(random);
        Equipment = options.EffectiveEquipment;
        person = (options.Style ?? exercise.Style(Equipment)).Vary(random, options.Style is null ? options.Variation : 0);
        random = SeededRandom.For(options.Seed, "repetitions");
        styles = new ExerciseStyle[options.Repetitions];
        faults = new IReadOnlyList<Fault>[options.Repetitions];
        right = new ArmPath[options.Repetitions];
        left = new ArmPath[options.Repetitions];
        for (var index = 0; index < styles.Length; index++)
        {
            styles[index] = person.Vary(random, 0.35 * options.Variation);
            faults[index] = options.IsFaulty(index) ? options.Faults : [];
            right[index] = new ArmPath(exercise, styles[index].Vary(random, 0.25 * options.Variation), faults[index], Side.Right);
            left[index] = new ArmPath(exercise, styles[index].Vary(random, 0.25 * options.Variation), faults[index], Side.Left);
        }

        if (options.Unevenness > 0)
        {
            var pace = new PersonalPace(SeededRandom.For(options.Seed, "pace"), options.Unevenness);
            styles = [.. styles.Select(pace.Next)];
        }

        Timeline = new SetTimeline(styles, faults, options.IdleSeconds, options.GetIntoPosition);
        random = SeededRandom.For(options.Seed, "drift");
        leanDrift = new Drift(random, 0.55 * options.Variation);
        tiltDrift = new Drift(random, 0.35 * options.Variation);
        kneeDrift = new Drift(random, 0.9 * options.Variation);
        rightDrift = new Drift(random, 0.008 * options.Variation);
        leftDrift = new Drift(random, 0.008 * options.Variation);
        swayPhase = random.Uniform(0, 2 * Math.PI);
    }

    /// <summary>The body that moves.</summary>
    public BodyProportions Body { get; }

    /// <summary>What it lifts.</summary>
    public Equipment Equipment { get; }

    /// <summary>When it does what.</summary>
    public SetTimeline Timeline { get; }

    /// <summary>What is wrong with one repetition, counted from 0.</summary>
    public IReadOnlyList<Fault> FaultsOf(int repetition) => faults[repetition];

    /// <summary>The body at a time in seconds from the start of the clip.</summary>
    public BodyPose PoseAt(double seconds)
    {
        var moment = Timeline.At(seconds);
        var lean = Between(moment, index => styles[index].Lean + (LeanAway(index, moment.Progress) * (1 - moment.Hanging)));
        var sway = Sway(seconds);
        lean += Between(moment, index => Size(index, FaultKind.LeanBack) - Size(index, FaultKind.LeanForward)) * moment.Progress + sway.Lean + leanDrift.At(seconds);
        var tilt = sway.Tilt + tiltDrift.At(seconds);
        var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, (float)-double.DegreesToRadians(tilt))
            * Quaternion.CreateFromAxisAngle(Vector3.UnitX, (float)-double.DegreesToRadians(lean - person.Lean));
        var (rightArm, rightShrug) = Arm(Side.Right, right, rightDrift, seconds);
        var (leftArm, leftShrug) = Arm(Side.Left, left, leftDrift, seconds);
        return new BodyPose(
            Body,
            new BodyAngles(lean, tilt, KneeFlexion(moment, seconds), rightArm.Rotate(turn), leftArm.Rotate(turn), rightShrug, leftShrug),
            options.Seated);
    }

    private static double Between(SetMoment moment, Func<int, double> value) =>
        moment.From == moment.To ? value(moment.From) : double.Lerp(value(moment.From), value(moment.To), moment.Blend);

    private double Size(int repetition, FaultKind kind) =>
        faults[repetition].Where(fault => fault.Kind == kind).Sum(fault => fault.Size);

    private double LeanAway(int repetition, double progress) => styles[repetition].LeanAway * Math.Sin(Math.PI * Math.Min(progress, 0.85));

    private (ArmDirections Arm, double Shrug) Arm(Side side, ArmPath[] paths, Drift drift, double seconds)
    {
        var now = Timeline.At(seconds);
        var late = Between(now, index => faults[index].Where(fault => fault.Kind == FaultKind.LateSide && fault.Concerns(side))
            .Sum(fault => fault.Size * Timeline.Repetitions[index].Duration));
        var moment = late > 0 ? Timeline.At(seconds - late) : now;
        var bounce = Between(moment, index => Size(index, FaultKind.Bounce)) * moment.Bounce;
        var progress = Math.Max(moment.Progress, bounce) + (drift.At(seconds) * moment.Progress);
        var arm = paths[moment.From].At(progress);
        if (moment.To != moment.From)
        {
            arm = arm.Towards(paths[moment.To].At(progress), moment.Blend);
        }

        var way = Between(moment, index => paths[index].ShareOfWay(progress));
        var shrug = Between(moment, index => styles[index].Shrug * paths[index].Rise) * SetTimeline.Smooth(way);
        return (moment.Hanging > 0 ? arm.Towards(Hanging(side), moment.Hanging) : arm, shrug);
    }

    // Before the set the arms hang in front of the body, so that getting into position passes in front of the chest as a curl does.
    private static ArmDirections Hanging(Side side) => new(
        ArmDirections.PointUpperArm(side == Side.Left ? 1 : -1, -80, 25),
        Vector3.Normalize(new Vector3(side == Side.Left ? 0.05f : -0.05f, -0.93f, 0.36f)));

    private (double Lean, double Tilt) Sway(double seconds)
    {
        var index = FindIndex(seconds);
        var size = index < 0 ? 0 : Size(index, FaultKind.Sway);
        if (size <= 0)
        {
            return (0, 0);
        }

        var times = Timeline.Repetitions[index];
        var cycle = 2 * Math.PI / Math.Min(0.8 * times.Duration, 2.2);
        var edge = Math.Min(seconds - times.StartSeconds, times.EndSeconds - seconds) / (0.1 * times.Duration);
        var swing = SetTimeline.Smooth(edge) * size / 2;
        var since = seconds - times.StartSeconds;
        return (swing * Math.Sin((cycle * since) + swayPhase), swing * Math.Sin((cycle * since) + swayPhase + 2));
    }

    private double KneeFlexion(SetMoment moment, double seconds)
    {
        var flexion = Math.Max(Between(moment, index => styles[index].KneeFlexion) + kneeDrift.At(seconds), 0.5);
        var index = FindIndex(seconds + (DriveSeconds / 2));
        if (index >= 0)
        {
            // The dip begins before the weight moves and its push carries the first part of the way.
            var since = (seconds - Timeline.Repetitions[index].AwaySeconds + (DriveSeconds / 2)) / DriveSeconds;
            if (since is > 0 and < 1)
            {
                var dip = Math.Sin(Math.PI * since);
                flexion += Size(index, FaultKind.KneeDrive) * dip * dip;
            }
        }

        return flexion;
    }

    private int FindIndex(double seconds)
    {
        for (var index = Timeline.Repetitions.Count - 1; index >= 0; index--)
        {
            var times = Timeline.Repetitions[index];
            if (seconds >= times.StartSeconds)
            {
                return seconds < times.EndSeconds ? index : -1;
            }
        }

        return -1;
    }

    /// <summary>A slow, smooth wandering about zero: a few waves of random speed and phase.</summary>
    private sealed class Drift
    {
        private readonly double amplitude;
        private readonly double[] speeds = new double[3];
        private readonly double[] phases = new double[3];

        public Drift(SeededRandom random, double deviation)
        {
            amplitude = deviation * Math.Sqrt(2.0 / 3);
            for (var wave = 0; wave < speeds.Length; wave++)
            {
                speeds[wave] = 2 * Math.PI * random.Uniform(0.1, 0.8);
                phases[wave] = random.Uniform(0, 2 * Math.PI);
            }
        }

        public double At(double seconds)
        {
            var sum = 0.0;
            for (var wave = 0; wave < speeds.Length; wave++)
            {
                sum += Math.Sin((speeds[wave] * seconds) + phases[wave]);
            }

            return amplitude * sum;
        }
    }
}
