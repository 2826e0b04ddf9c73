using Spotter.Explanation;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Tests.Explanation;

[Collection(nameof(PressPack))]
public sealed class FindingsTests(PressPack pack)
{
    public static TheoryData<string, string, string> Faults => new()
    {
        { "no-lockout front", "elbow-extension-degrees", "elbow" },
        { "no-lockout side", "elbow-extension-degrees", "right-elbow" },
        { "asymmetry front", "asymmetry-degrees", "left-elbow" },
        { "lean-back side", "trunk-lean-degrees", "neck" },
        { "elbows-forward side", "elbow-forward", "right-elbow" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Report_KnownFault_NamesMeasureJointAndMoment(string fault, string measure, string joint)
    {
        var report = Explain(Faulty(fault));

        Assert.Equal(Verdict.Incorrect, report.Verdict);
        var first = report.Findings[0];
        Assert.Equal(measure, first.Measure);
        Assert.Contains(joint, first.Joint, StringComparison.Ordinal);
        Assert.InRange(first.StartSeconds, report.StartSeconds, first.EndSeconds);
        Assert.InRange(first.EndSeconds, first.StartSeconds, report.EndSeconds);
        if (first.Phase == "top")
        {
            Assert.InRange(report.TurningSeconds, first.StartSeconds, first.EndSeconds);
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Report_Incorrect_HasOneToThreeFindingsOfDifferentCauses(string fault, string measure, string joint)
    {
        _ = (measure, joint);
        var findings = Explain(Faulty(fault)).Findings;

        Assert.InRange(findings.Count, 1, Findings.Most);
        Assert.Equal(findings.Count, findings.Select(finding => finding.Measure).Distinct().Count());
        Assert.All(findings, finding => Assert.InRange(finding.Contribution, 0, 1));
        Assert.All(findings, finding => Assert.True(finding.Value < finding.Expected[0] || finding.Value > finding.Expected[1] || finding.Measure == "path-distance"));
        Assert.All(findings, finding => Assert.StartsWith(finding.Advice!, finding.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no-lockout front")]
    [InlineData("no-lockout side")]
    public void Report_FaultOfBothArms_IsNotSaidAgainOfThePathOfAnArm(string fault)
    {
        var figures = Enumerable.Range(0, 6).Select(person => Faulty(fault, person) with { TopDegrees = 115 });

        Assert.All(figures.Select(Explain), report => Assert.DoesNotContain(
            report.Findings.Skip(1), finding => finding.Measure == "path-distance" && (finding.Joint.EndsWith("elbow", StringComparison.Ordinal) || finding.Joint.EndsWith("wrist", StringComparison.Ordinal))));
    }

    [Fact]
    public void Report_PuttingTheFaultRight_ExplainsMostOfTheOddness() => Assert.True(Explain(Faulty("lean-back side")).Findings[0].Contribution > 0.5);

    [Theory]
    [InlineData(0)]
    [InlineData(78)]
    public void Report_CorrectFigures_HaveAtMostARemark(double azimuth)
    {
        var reports = Enumerable.Range(20, 8).Select(person => Explain(PressPack.Figure(azimuth, person))).Where(report => report.Verdict == Verdict.Correct).ToArray();

        Assert.True(reports.Length >= 6);
        Assert.All(reports, report => Assert.InRange(report.Findings.Count, 0, report.Watch ? 1 : 0));
    }

    [Fact]
    public void Report_Cancelled_AsksTheNetworkNoMore()
    {
        var judged = pack.Judge(Faulty("no-lockout front"), out var judge);

        Assert.ThrowsAny<OperationCanceledException>(() => Findings.Report(judge, judged, PressPack.Press, 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Judged_FromTheFront_SaysWhatCannotBeSeen()
    {
        var pose = new Report { Verdict = Verdict.CannotJudge, Video = new VideoSummary(1, 1, 30, 1, 1), Timing = new Timing(0, 0, 0, 0, 0) };
        var judged = pack.Judge(PressPack.Figure(0, 1), out var judge);
        var report = pose.Judged(pack.Pack, judge, [Findings.Report(judge, judged, PressPack.Press, 1)], [judged.Measures]);

        Assert.Contains("trunk-lean-degrees", report.Unseen!.Measures);
        Assert.Contains("elbow-neck-offset", report.Unseen.Measures);
        Assert.DoesNotContain("asymmetry-degrees", report.Unseen.Measures);
        Assert.Contains("leaning back", report.Unseen.Text, StringComparison.Ordinal);

        // Elbows too far forward are told by how far out they are, bent knees by the hips; no verdict rests on haste.
        Assert.DoesNotContain("too far forward", report.Unseen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("knees", report.Unseen.Text, StringComparison.Ordinal);
        Assert.Contains("rushing", report.Unseen.Text, StringComparison.Ordinal);
    }

    private RepetitionReport Explain(PressFigure figure)
    {
        var judged = pack.Judge(figure, out var judge);
        return Findings.Report(judge, judged, PressPack.Press, 1);
    }

    private static PressFigure Faulty(string fault, int person = 2)
    {
        var figure = PressPack.Figure(fault.EndsWith("side", StringComparison.Ordinal) ? 78 : 0, person);
        return fault.Split(' ')[0] switch
        {
            "no-lockout" => figure with { TopDegrees = 140 },
            "asymmetry" => figure with { LeftShortDegrees = 30 },
            "lean-back" => figure with { LeanDegrees = 16 },
            _ => figure with { ForwardDegrees = 75 },
        };
    }
}
