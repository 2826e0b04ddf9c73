using Spotter.Exercises;
using Spotter.Explanation;
using Spotter.Measures;
using Spotter.Repetitions;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Tests.Explanation;

[Collection(nameof(PressPack))]
public sealed class FindingSpanTests(PressPack pack)
{
    [Theory]
    [InlineData("elbow-extension-degrees", "Top")]
    [InlineData("elbow-flexion-degrees", "Bottom")]
    [InlineData("elbow-height-bottom", "Bottom")]
    [InlineData("asymmetry-degrees", "Top")]
    public void Of_Press_LiesAtItsEndOfTheMovement(string measure, string phase)
    {
        var judged = pack.Judge(PressPack.Figure(0, 2), out _);
        var moment = new FindingSpan(judged, PressPack.Press).Of(Cause(measure));
        var times = judged.Skeleton.Timestamps;
        var (start, turn, end) = (times[judged.Repetition.StartFrame], times[judged.Repetition.TurningFrame], times[judged.Repetition.EndFrame - 1]);

        Assert.Equal(phase, moment.Phase.ToString());
        Assert.InRange(moment.Start, start, moment.End);
        Assert.InRange(moment.End, moment.Start, end);
        Assert.Equal(phase == "Top", moment.Start <= turn && turn <= moment.End);
    }

    // The same movement taken as a pushdown, whose arms are bent at the ends and straight in the middle.
    [Fact]
    public void Of_Pushdown_FindsTheStraightestArmAtTheBottom()
    {
        var press = pack.Judge(PressPack.Figure(78, 2), out _);
        var pushdown = ExerciseDefinition.Load("triceps-pushdown");
        var straight = new FindingSpan(press, PressPack.Press).Of(Cause("elbow-extension-degrees"));
        var upsideDown = press with { Skeleton = Flipped(press.Skeleton) };
        var moment = new FindingSpan(upsideDown, pushdown).Of(Cause("elbow-extension-degrees"));

        Assert.Equal(RepetitionPhase.Top, straight.Phase);
        Assert.Equal(RepetitionPhase.Bottom, moment.Phase);
        var turn = press.Skeleton.Timestamps[press.Repetition.TurningFrame];
        Assert.InRange(turn, moment.Start, moment.End);
        Assert.Equal(RepetitionPhase.Top, new FindingSpan(upsideDown, pushdown).Of(Cause("elbow-flexion-degrees", low: false)).Phase);
    }

    [Fact]
    public void Of_KneeDrive_IsWhereTheKneesBend()
    {
        var judged = pack.Judge(PressPack.Figure(78, 2) with { KneeDriveDegrees = 40 }, out _);
        var moment = new FindingSpan(judged, PressPack.Press).Of(Cause("knee-drive-degrees", low: false));
        var turn = judged.Skeleton.Timestamps[judged.Repetition.TurningFrame];

        Assert.True(moment.End < turn);
        Assert.InRange(moment.End - moment.Start, 0.1, 0.7);
    }

    // Higher is lower: what goes up in a press goes down in a pushdown.
    private static SkeletonSequence Flipped(SkeletonSequence sequence)
    {
        var keypoints = sequence.Keypoints.ToArray();
        for (var frame = 0; frame < sequence.FrameCount; frame++)
        {
            foreach (var (shoulder, joint) in ((Joint, Joint)[])
                [(Joint.RightShoulder, Joint.RightElbow), (Joint.RightShoulder, Joint.RightWrist), (Joint.LeftShoulder, Joint.LeftElbow), (Joint.LeftShoulder, Joint.LeftWrist)])
            {
                keypoints[Y(frame, joint)] = (2 * sequence[frame, shoulder].Y) - sequence[frame, joint].Y;
            }
        }

        return new SkeletonSequence(keypoints, sequence.Timestamps.ToArray(), sequence.Width, sequence.Height);

        static int Y(int frame, Joint joint) => (((frame * Skeleton.JointCount) + (int)joint) * 3) + 1;
    }

    private static Cause Cause(string name, bool low = true)
    {
        var measure = MeasureCatalogue.Get(name);
        low &= measure.Faulty != FaultyValues.High;
        return new Cause(name, measure, new MeasureBand(name, 0.1, 0.15, 0.2, 10), low ? 0 : 1000, BodySides.Both, new Dictionary<string, double>());
    }
}
