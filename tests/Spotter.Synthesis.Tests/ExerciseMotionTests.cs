using System.Numerics;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Tests.Synthesis;

/// <summary>The exercises other than the press, in space; the press has its own tests.</summary>
public sealed class ExerciseMotionTests
{
    public static TheoryData<string, FaultKind> Faults()
    {
        var data = new TheoryData<string, FaultKind>();
        foreach (var exercise in MannequinExercises.All.Where(exercise => exercise != MannequinExercises.ShoulderPress))
        {
            foreach (var fault in exercise.Faults)
            {
                data.Add(exercise.Name, fault.Kind);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_Growing_MovesItsOwnMeasureByItsSize(string exercise, FaultKind kind)
    {
        var scale = FaultScale.Of(kind);
        var neutral = Amount(exercise, kind, Make(exercise, kind, scale.Neutral));
        var before = neutral;
        foreach (var severity in new[] { 0.5, 1, 1.5, 2 })
        {
            var size = scale.SizeAt(severity);
            var amount = Amount(exercise, kind, Make(exercise, kind, size));
            Assert.True(amount > before, $"{exercise} {kind} {size}: {amount} after {before}");
            before = amount;
            var expected = size - scale.Neutral;
            var tolerance = kind switch
            {
                FaultKind.Sway => 0.35 * expected,
                FaultKind.LateSide => 0.04,
                FaultKind.Rush => double.PositiveInfinity,
                FaultKind.Bounce or FaultKind.ShortRise => 0.12,
                _ => 1,
            };
            Assert.InRange(amount - neutral, expected - tolerance, expected + tolerance);
        }
    }

    [Theory]
    [InlineData("bicep-curl", -10, 25)]
    [InlineData("front-raise", 75, 110)]
    [InlineData("shoulder-shrug", -5, 10)]
    [InlineData("triceps-pushdown", -15, 15)]
    public void Correct_AnySeed_KeepsTheUpperArmsWhereTheyBelong(string exercise, double least, double most)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var set = Mannequin.Synthesize(new MannequinOptions { Exercise = exercise, Seed = seed, Repetitions = 2 });
            foreach (var (start, turning, _) in set.Repetitions)
            {
                Assert.InRange(Swing(set.Joints3D[turning]), least, most);
                Assert.InRange(Swing(set.Joints3D[start]), -20, 25);
            }

            Assert.True(Measure.Range(set.Joints3D.Select(Measure.Lean)) < 12);
            Assert.True(Measure.Range(set.Joints3D.Select(Measure.Tilt)) < 5);
        }
    }

    [Fact]
    public void Motion_AllFaultsTogether_NeverJumpsAndKeepsTheLengthsOfTheBody()
    {
        foreach (var exercise in MannequinExercises.All)
        {
            var set = Mannequin.Synthesize(new MannequinOptions
            {
                Exercise = exercise.Name,
                Faults = [.. exercise.FaultScales.Where(scale => scale.Kind != FaultKind.Rush).Select(scale => new Fault(scale.Kind, scale.Coach))],
                FaultyRepetitions = [2],
                Repetitions = 3,
                FramesPerSecond = 120,
                GetIntoPosition = true,
            });
            for (var frame = 1; frame < set.Joints3D.Length; frame++)
            {
                var (now, last) = (set.Joints3D[frame], set.Joints3D[frame - 1]);
                Assert.All(now.Zip(last), pair => Assert.True(Vector3.Distance(pair.First, pair.Second) < 6.0 / 120, exercise.Name));
                Assert.Equal(set.Motion.Body.UpperArm, Vector3.Distance(now[(int)Joint.LeftShoulder], now[(int)Joint.LeftElbow]), 4);
                Assert.Equal(set.Motion.Body.Forearm, Vector3.Distance(now[(int)Joint.RightElbow], now[(int)Joint.RightWrist]), 4);
            }
        }
    }

    [Theory]
    [InlineData("bicep-curl", FaultKind.ElbowsLow, "short-top")]
    [InlineData("shoulder-shrug", FaultKind.WristOff, "short-rise")]
    [InlineData("triceps-pushdown", FaultKind.KneeDrive, "lean-forward")]
    [InlineData("shoulder-press", FaultKind.ShortRise, "elbows-low")]
    public void Synthesize_FaultThatMakesNoSense_NamesThoseThatDo(string exercise, FaultKind kind, string other)
    {
        var options = new MannequinOptions { Exercise = exercise, Faults = [new Fault(kind, FaultScale.Of(kind).Coach)] };
        var message = Assert.Throws<ArgumentException>(() => Mannequin.Synthesize(options)).Message;
        Assert.Contains($"{FaultScale.Of(kind).Name} makes no sense in a {exercise}", message, StringComparison.Ordinal);
        Assert.Contains(other, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bicep-curl", true, null)]
    [InlineData("front-raise", false, Equipment.Barbell)]
    [InlineData("shoulder-press", false, Equipment.CableBar)]
    public void Synthesize_SeatOrEquipmentThatDoesNotFit_IsRefused(string exercise, bool seated, Equipment? equipment) =>
        Assert.Throws<ArgumentException>(() => Mannequin.Synthesize(new MannequinOptions { Exercise = exercise, Seated = seated, Equipment = equipment }));

    [Fact]
    public void Truth_OneSidedShortCurl_TellsSideJointAndTimeOfTheTop()
    {
        var set = Mannequin.Synthesize(new MannequinOptions { Exercise = "bicep-curl", Repetitions = 2, FaultyRepetitions = [2], Faults = [Fault.Parse("short-top:25:left")], Camera = CameraPlacement.Parse("side") });
        var truth = MannequinTruth.FromJson(MannequinTruth.Of(set).ToJson());
        Assert.Equal("bicep-curl", truth.Exercise);
        Assert.True(truth.Repetitions[0].Correct);
        var fault = Assert.Single(truth.Repetitions[1].Faults);
        Assert.Equal(("short-top", "left-elbow", "elbow-flexion-degrees"), (fault.Kind, fault.Joints[0], Assert.Single(fault.Measures)));
        Assert.InRange(truth.Repetitions[1].TurningSeconds, fault.StartSeconds, fault.EndSeconds);
        Assert.True(truth.Repetitions[1].LeftElbowTopDegrees > truth.Repetitions[1].RightElbowTopDegrees + 15);
    }

    private static MannequinSequence Make(string exercise, FaultKind kind, double size) => Mannequin.Synthesize(new MannequinOptions
    {
        Exercise = exercise,
        Faults = size > FaultScale.Of(kind).Neutral ? [new Fault(kind, size)] : [],
        Repetitions = 1,
        Variation = 0,
        FramesPerSecond = 100,
    });

    private static double Amount(string exercise, FaultKind kind, MannequinSequence set)
    {
        var start = set.Joints3D[set.Repetitions[0].StartFrame];
        var turn = set.Joints3D[set.Repetitions[0].TurningFrame];
        var keepsStraight = MannequinExercises.Find(exercise)!.KeepsArmsStraight;
        var bentEnd = MannequinExercises.Find(exercise)!.StartsBent ? start : turn;
        return kind switch
        {
            FaultKind.NoLockout => keepsStraight ? 180 - Measure.RightElbow(turn) : 180 - Measure.During(set, 0, Measure.RightElbow).Max(),
            FaultKind.ShortTop => keepsStraight ? -Swing(turn) : Measure.RightElbow(bentEnd),
            FaultKind.ShortRise => 1 - (Measure.Range(set.Joints3D.Select(ShoulderHeight)) / (MannequinExercises.ShoulderShrug.Style(Equipment.Dumbbells).Shrug * set.Motion.Body.Trunk)),
            FaultKind.ElbowsForward => Swing(bentEnd),
            FaultKind.ElbowFlare => Abduction(bentEnd),
            FaultKind.LeanBack => Measure.Lean(turn),
            FaultKind.LeanForward => -Measure.Lean(turn),
            FaultKind.Sway => Measure.Range(Measure.During(set, 0, Measure.Tilt)),
            FaultKind.Asymmetry when keepsStraight => -Swing(turn),
            FaultKind.Asymmetry => Math.Abs(Measure.LeftElbow(turn) - Measure.RightElbow(turn)),
            FaultKind.LateSide => Lateness(set),
            FaultKind.KneeDrive => 180 - set.Joints3D.Min(Measure.Knee),
            FaultKind.Bounce => BounceShare(set),
            _ => 1 / set.RepetitionTimes[0].Duration,
        };
    }

    /// <summary>Degrees of the right upper arm forward from hanging.</summary>
    private static double Swing(Vector3[] joints)
    {
        var arm = joints[(int)Joint.RightElbow] - joints[(int)Joint.RightShoulder];
        return double.RadiansToDegrees(Math.Atan2(arm.Z, -arm.Y));
    }

    private static double Abduction(Vector3[] joints)
    {
        var arm = joints[(int)Joint.RightElbow] - joints[(int)Joint.RightShoulder];
        return double.RadiansToDegrees(Math.Atan2(-arm.X, -arm.Y));
    }

    private static double ShoulderHeight(Vector3[] joints) => joints[(int)Joint.RightShoulder].Y - joints[(int)Joint.RightHip].Y;

    // Frames between the two arms' passing half of their way, as a share of the repetition: of the shoulders in a shrug.
    private static double Lateness(MannequinSequence set)
    {
        var followed = set.Options.Exercise == "shoulder-shrug" ? Joint.RightShoulder : Joint.RightWrist;
        int Passing(Joint joint)
        {
            var heights = set.Joints3D.Select(joints => Math.Abs(joints[(int)joint].Y - set.Joints3D[0][(int)joint].Y)).ToArray();
            return Array.FindIndex(heights, height => height > heights.Max() / 2);
        }

        return (Passing(followed) - Passing(followed.Mirror())) / 100.0 / set.RepetitionTimes[0].Duration;
    }

    private static double BounceShare(MannequinSequence set)
    {
        var times = set.RepetitionTimes[0];
        var (from, until) = ((int)(times.StartSeconds * 100), (int)(times.AwaySeconds * 100));
        var heights = set.Joints3D.Select(Measure.WristHeight).ToArray();
        return until <= from ? 0 : (heights[from..until].Max() - heights[from]) / (heights.Max() - heights[from]);
    }
}
