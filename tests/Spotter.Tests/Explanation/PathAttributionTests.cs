using System.Globalization;
using Spotter.Explanation;
using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Tests.Explanation;

[Collection(nameof(PressPack))]
public sealed class PathAttributionTests(PressPack pack)
{
    [Theory]
    [InlineData(Joint.RightElbow, Joint.RightWrist)]
    [InlineData(Joint.LeftElbow, Joint.LeftWrist)]
    public void Find_ArmPulledAwayForAQuarter_IsFoundThere(Joint elbow, Joint wrist)
    {
        var judged = Displaced(0.35f, 8, 15, elbow, wrist);
        var odd = PathAttribution.Find(judged.Model.Path, judged.Judged, new Anomaly(judged.Judge, judged.Judged))!.Value;

        Assert.Contains(odd.Joint, new[] { elbow, wrist });
        Assert.True(odd.FromFrame <= 15 && odd.ToFrame >= 8, $"{odd.FromFrame} to {odd.ToFrame}");
        Assert.InRange(odd.Share, 0.3, 1);
    }

    [Fact]
    public void Find_CorrectRepetition_IsNothing()
    {
        var judged = pack.Judge(PressPack.Figure(0, 4), out var judge);

        Assert.False(new Anomaly(judge, judged).IsOddToNetwork);
        Assert.Null(PathAttribution.Find(judge.Model.Path, judged, new Anomaly(judge, judged)));
    }

    [Fact]
    public void Anomaly_PutRight_IsGone()
    {
        var (judge, judged, model) = Displaced(0.35f, 8, 15, Joint.RightElbow, Joint.RightWrist);
        var anomaly = new Anomaly(judge, judged);
        var usual = pack.Judge(PressPack.Figure(0, 4), out _);
        var shares = anomaly.NetworkShares([judged.Input, usual.Input]);

        Assert.Equal(0, shares[0], 1e-6);
        Assert.True(shares[1] > 0.8);
        Assert.Equal(0, anomaly.MeasuresShare(judged.Measures.Select(model.MeasureNames)));
        Assert.Equal(shares[1], anomaly.Joined(shares[1], 0), 1e-9);
    }

    [Theory]
    [InlineData("elbow-height-bottom", new[] { BodySide.Left }, Joint.LeftElbow, 2)]
    [InlineData("wrist-height-top", new[] { BodySide.Right, BodySide.Left }, Joint.RightWrist, 4)]
    [InlineData("trunk-lean-degrees", new[] { BodySide.Right }, Joint.Neck, 12)]
    [InlineData("knee-drive-degrees", new[] { BodySide.Left }, Joint.LeftKnee, 18)]
    public void BlamedJoints_OfACause_AreThePartItMoves(string name, BodySide[] sides, Joint first, int moved)
    {
        var cause = new Cause(name, MeasureCatalogue.Get(name), new MeasureBand(name, 0, 0.5, 1, 9), -1, sides, new Dictionary<string, double>());

        Assert.Equal(first, BlamedJoints.First(cause));
        Assert.Equal(moved, BlamedJoints.Moved(cause).Count);
        Assert.Contains(first, BlamedJoints.Moved(cause));
    }

    [Theory]
    [InlineData(Joint.RightElbow, 0.0, -0.1, 0.1, "Keep your right elbow about 7 cm further out and lower here.")]
    [InlineData(Joint.LeftElbow, 0.0, -0.1, 0.0, "Keep your left elbow about 5 cm further in here.")]
    [InlineData(Joint.RightElbow, 90.0, 0.1, -0.02, "Keep your right elbow about 5 cm further forward here.")]
    [InlineData(Joint.LeftWrist, -90.0, 0.1, 0.0, "Keep your left wrist about 5 cm further back here.")]
    [InlineData(Joint.Neck, 0.0, 0.1, 0.0, "Keep your neck about 5 cm further to your left here.")]
    [InlineData(Joint.RightElbow, 0.0, 0.001, 0.0, "Watch your right elbow here: its way is not the usual one.")]
    public void PathWords_Shift_IsToldInDirectionsOfThePerson(Joint joint, double azimuth, double right, double down, string expected)
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo("en"));

        Assert.Equal(expected, PathWords.Advice(joint, ViewEstimate.FromAzimuth(azimuth), right, down).Say());
    }

    // A correct repetition with some joints pulled to the picture's right in some frames of the network's input.
    private (RepetitionJudge Judge, JudgedRepetition Judged, Spotter.Packs.ViewModel Model) Displaced(float torsos, int from, int to, params Joint[] joints)
    {
        var correct = pack.Judge(PressPack.Figure(0, 4), out var judge);
        var input = (float[])correct.Input.Clone();
        for (var frame = from; frame <= to; frame++)
        {
            foreach (var joint in joints)
            {
                input[(frame * Skeleton.JointCount) + (int)joint] += torsos * (float)SkeletonNormalization.TorsoWidth;
            }
        }

        return (judge, correct with { Input = input, Score = correct.Score with { Network = correct.Score.Network with { RelativeScore = judge.NetworkScores([input])[0] } } }, judge.Model);
    }
}
