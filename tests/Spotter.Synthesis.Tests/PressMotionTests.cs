using System.Numerics;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Tests.Synthesis;

public sealed class PressMotionTests
{
    public static TheoryData<FaultKind, Equipment> Faults()
    {
        var data = new TheoryData<FaultKind, Equipment>();
        foreach (var (kind, _) in MannequinExercises.ShoulderPress.Faults)
        {
            data.Add(kind, Equipment.Barbell);
            data.Add(kind, Equipment.Dumbbells);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_Growing_MovesItsOwnMeasureByItsSize(FaultKind kind, Equipment equipment)
    {
        var scale = FaultScale.Of(kind);
        var neutral = Amount(kind, Make(equipment, scale.Neutral, kind));
        var before = neutral;
        foreach (var severity in new[] { 0.5, 1, 1.5, 2 })
        {
            var size = scale.SizeAt(severity);
            var amount = Amount(kind, Make(equipment, size, kind));
            Assert.True(amount > before, $"{kind} {size}: {amount} after {before}");
            before = amount;
            var expected = size - scale.Neutral;
            var tolerance = kind switch
            {
                // A swing in both planes is limited by the frames that catch its extremes; the late side is found frame by frame.
                FaultKind.Sway => 0.35 * expected,
                FaultKind.LateSide => 0.03,
                FaultKind.Rush => double.PositiveInfinity,
                FaultKind.Bounce => 0.1,
                _ => 0.8,
            };
            Assert.InRange(amount - neutral, expected - tolerance, expected + tolerance);
        }
    }

    [Theory]
    [InlineData(Equipment.Barbell)]
    [InlineData(Equipment.Dumbbells)]
    public void Correct_AnySeed_KeepsToACorrectPress(Equipment equipment)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var set = Mannequin.Synthesize(new MannequinOptions { Seed = seed, Equipment = equipment, Repetitions = 2 });
            for (var repetition = 0; repetition < 2; repetition++)
            {
                var top = Measure.During(set, repetition, Measure.RightElbow).Max();
                Assert.InRange(top, equipment == Equipment.Barbell ? 166 : 151, 180);
                Assert.InRange(Measure.During(set, repetition, Measure.Elevation).Min(), -60, 5);
                Assert.True(Measure.Range(Measure.During(set, repetition, Measure.Lean)) < 8);
                Assert.True(Measure.Range(Measure.During(set, repetition, Measure.Tilt)) < 4);
                Assert.True(Measure.Range(Measure.During(set, repetition, Measure.Knee)) < 8);
            }
        }
    }

    [Fact]
    public void Motion_AnySeed_KeepsTheLengthsOfTheBody()
    {
        var set = Mannequin.Synthesize(new MannequinOptions { Seed = 5, Faults = [Fault.Parse("knee-drive:30"), Fault.Parse("sway:10")], GetIntoPosition = true });
        var body = set.Motion.Body;
        foreach (var joints in set.Joints3D)
        {
            Assert.Equal(body.UpperArm, Length(joints, Joint.LeftShoulder, Joint.LeftElbow), 4);
            Assert.Equal(body.Forearm, Length(joints, Joint.RightElbow, Joint.RightWrist), 4);
            Assert.Equal(body.Thigh, Length(joints, Joint.RightHip, Joint.RightKnee), 4);
            Assert.Equal(body.Shank, Length(joints, Joint.LeftKnee, Joint.LeftAnkle), 4);
            Assert.Equal(body.ShoulderWidth, Length(joints, Joint.LeftShoulder, Joint.RightShoulder), 2);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Motion_AnyMoment_NeverJumps(bool getIntoPosition)
    {
        Fault[] faults = [.. MannequinExercises.ShoulderPress.FaultScales.Where(scale => scale.Kind != FaultKind.Rush)
            .Select(scale => new Fault(scale.Kind, scale.Coach))];
        var set = Mannequin.Synthesize(new MannequinOptions
        {
            Faults = faults,
            FaultyRepetitions = [2],
            Repetitions = 3,
            FramesPerSecond = 120,
            GetIntoPosition = getIntoPosition,
        });
        for (var frame = 1; frame < set.Joints3D.Length; frame++)
        {
            for (var joint = 0; joint < Skeleton.JointCount; joint++)
            {
                // 6 m/s: faster than any hand in a press.
                Assert.True(Vector3.Distance(set.Joints3D[frame][joint], set.Joints3D[frame - 1][joint]) < 6.0 / 120, $"{(Joint)joint} at {frame}");
            }
        }
    }

    private static MannequinSequence Make(Equipment equipment, double size, FaultKind kind) => Mannequin.Synthesize(new MannequinOptions
    {
        Equipment = equipment,
        Faults = size > FaultScale.Of(kind).Neutral ? [new Fault(kind, size)] : [],
        Repetitions = 1,
        Variation = 0,
        FramesPerSecond = 100,
    });

    private static double Amount(FaultKind kind, MannequinSequence set)
    {
        var bottom = set.Joints3D[set.Repetitions[0].StartFrame];
        var top = set.Joints3D[set.Repetitions[0].TurningFrame];
        return kind switch
        {
            FaultKind.NoLockout => 180 - Measure.During(set, 0, Measure.RightElbow).Max(),
            FaultKind.ShortBottom => Measure.RightElbow(bottom),
            FaultKind.ElbowsLow => -Measure.Elevation(bottom),
            FaultKind.ElbowsForward => Measure.Plane(bottom),
            FaultKind.ElbowFlare => -Measure.Plane(bottom),
            FaultKind.LeanBack => Measure.Lean(top),
            FaultKind.Sway => Measure.Range(Measure.During(set, 0, Measure.Tilt)),
            FaultKind.Asymmetry => Measure.LeftElbow(top) - Measure.RightElbow(top),
            FaultKind.LateSide => Lateness(set),
            FaultKind.KneeDrive => 180 - set.Joints3D.Min(Measure.Knee),
            FaultKind.WristOff => Measure.ForearmTilt(bottom),
            FaultKind.Bounce => BounceShare(set),
            _ => 1 / set.RepetitionTimes[0].Duration,
        };
    }

    // Frames between the two wrists' passing half of the way up, as a share of the repetition.
    private static double Lateness(MannequinSequence set)
    {
        var times = set.RepetitionTimes[0];
        int Passing(Joint wrist)
        {
            var heights = set.Joints3D.Select(joints => joints[(int)wrist].Y).ToArray();
            var half = (heights.Max() + heights.Min()) / 2;
            return Array.FindIndex(heights, height => height > half);
        }

        return (Passing(Joint.RightWrist) - Passing(Joint.LeftWrist)) / 100.0 / times.Duration;
    }

    // How high the hands get before the way up, on the way from bottom to top that the elbow's opening measures.
    private static double BounceShare(MannequinSequence set)
    {
        var times = set.RepetitionTimes[0];
        var (from, until) = ((int)(times.StartSeconds * 100), (int)(times.AwaySeconds * 100));
        if (until <= from)
        {
            return 0;
        }

        var heights = set.Joints3D.Select(Measure.WristHeight).ToArray();
        return (heights[from..until].Max() - heights[from]) / (heights.Max() - heights[from]);
    }

    private static double Length(Vector3[] joints, Joint from, Joint to) => Vector3.Distance(joints[(int)from], joints[(int)to]);
}
