using Spotter.Annotation;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Tests.Annotation;

public sealed class BlameTimelineTests
{
    [Fact]
    public void At_WhileAFindingIsSeen_BlamesItsJoint()
    {
        var blame = At(new BlameTimeline(Scene.Incorrect), 1.5);

        Assert.Equal(0.8f, blame[(int)Joint.LeftElbow], 0.001f);
        Assert.Equal(0.8f, blame.Sum(), 0.001f);
    }

    [Fact]
    public void At_InsideARepetitionButNotOfTheFinding_BlamesNothing()
    {
        var timeline = new BlameTimeline(Scene.Report(Verdict.Incorrect, Scene.Repetition(1, 0, Verdict.Incorrect, Scene.Elbow)));

        Assert.All(new[] { 0.1, 0.79, 2.21, 2.9 }, seconds => Assert.Equal(0, At(timeline, seconds).Sum()));
        Assert.All(new[] { 0.9, 2.1 }, seconds => Assert.Equal(0.4f, At(timeline, seconds)[(int)Joint.LeftElbow], 0.001f));
        Assert.All(new[] { 1, 1.5, 2 }, seconds => Assert.Equal(0.8f, At(timeline, seconds)[(int)Joint.LeftElbow], 0.001f));
    }

    [Fact]
    public void At_FindingOnBothArms_BlamesBoth()
    {
        var blame = At(new BlameTimeline(Scene.Report(Verdict.Incorrect, Scene.Repetition(1, 0, Verdict.Incorrect, Scene.Elbow with { Arms = ["left", "right"] }))), 1.5);

        Assert.Equal([0.8f, 0.8f], [blame[(int)Joint.LeftElbow], blame[(int)Joint.RightElbow]]);
        Assert.Equal(1.6f, blame.Sum(), 0.001f);
    }

    [Fact]
    public void At_TwoFindingsOfOneRepetition_BlamesEachAtItsMoment()
    {
        var report = Scene.Report(Verdict.Incorrect, Scene.Repetition(1, 0, Verdict.Incorrect, Scene.Elbow, Scene.Lean));
        var timeline = new BlameTimeline(report);

        Assert.Equal([Joint.LeftElbow], Blamed(1.5));
        Assert.Equal([Joint.Neck], Blamed(4.2));

        IEnumerable<Joint> Blamed(double seconds) => At(timeline, seconds).Index().Where(one => one.Item > 0).Select(one => (Joint)one.Index);
    }

    [Fact]
    public void At_BetweenRepetitions_BlamesNothing()
    {
        var report = Scene.Report(Verdict.Incorrect, Scene.Repetition(1, 1, Verdict.Incorrect, Scene.Elbow), Scene.Repetition(2, 6, Verdict.Incorrect, Scene.Elbow));

        Assert.All(new[] { 0, 0.5, 5, 20 }, seconds => Assert.Equal(0, At(new BlameTimeline(report), seconds).Sum()));
    }

    [Fact]
    public void At_RemarkOnACorrectRepetition_StaysBelowAFault()
    {
        var report = Scene.Report(Verdict.Correct, Scene.Repetition(1, 0, Verdict.Correct, Scene.Elbow with { Contribution = 1 }));

        Assert.InRange(At(new BlameTimeline(report), 1)[(int)Joint.LeftElbow], 0.1f, 0.5f);
    }

    [Fact]
    public void At_OverTime_NeverJumps()
    {
        var timeline = new BlameTimeline(Scene.Incorrect);
        var path = Enumerable.Range(-30, 600).Select(frame => At(timeline, frame / 60.0)).ToArray();

        for (var frame = 1; frame < path.Length; frame++)
        {
            Assert.All(path[frame].Zip(path[frame - 1], (now, before) => Math.Abs(now - before)), step => Assert.True(step < 0.1));
        }
    }

    [Fact]
    public void At_WithAttribution_TakesTheFrameOfTheMoment()
    {
        var body = Scene.Body(64, 64, 3);
        var attribution = new float[3 * Skeleton.JointCount];
        attribution[Skeleton.JointCount + (int)Joint.Nose] = 0.5f;

        Assert.Equal([0, 0.5f, 0.5f, 0], new[] { 0, 1 / 30.0, 1.5 / 30, 2 / 30.0 }.Select(seconds => At(new BlameTimeline(body, attribution), seconds)[0]));
    }

    [Fact]
    public void Constructor_AttributionOfAnotherLength_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new BlameTimeline(Scene.Body(64, 64, 3), new float[7]));

    private static float[] At(BlameTimeline timeline, double seconds)
    {
        var blame = new float[Skeleton.JointCount];
        timeline.At(seconds, blame);
        return blame;
    }
}
