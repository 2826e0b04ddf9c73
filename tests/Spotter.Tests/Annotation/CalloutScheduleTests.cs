using CsCheck;
using Spotter.Annotation;
using Spotter.Explanation;
using Spotter.Scoring;

namespace Spotter.Tests.Annotation;

public sealed class CalloutScheduleTests
{
    [Fact]
    public void Make_FindingsApart_StartAtTheirMomentAndLastForReading()
    {
        var callouts = CalloutSchedule.Make(Scene.Incorrect);

        Assert.Equal([Scene.Elbow, Scene.Lean], callouts.Select(callout => callout.Finding));
        Assert.All(callouts, callout => Assert.Equal(callout.Finding.StartSeconds, callout.ShowFrom));
        Assert.All(callouts, callout => Assert.True(callout.ShowTo - callout.ShowFrom >= 2));
    }

    [Fact]
    public void Make_FindingsAtOnce_ShowOneAfterTheOtherInTheOrderOfTheReport()
    {
        var second = Scene.Elbow with { Joint = "right-elbow", Arms = ["right"], Contribution = 0.9 };
        var callouts = CalloutSchedule.Make(Scene.Report(Verdict.Incorrect, Scene.Repetition(1, 0, Verdict.Incorrect, Scene.Elbow with { Arms = ["left"] }, second)));

        Assert.Equal(["left-elbow", "right-elbow"], callouts.Select(callout => callout.Finding.Joint));
        Assert.True(callouts[0].ShowTo - callouts[0].ShowFrom >= 1.2 - 1e-9);
        Assert.True(callouts[1].ShowFrom >= callouts[0].ShowTo);
    }

    [Fact]
    public void Make_LongFindingThatCountsLess_MakesRoomForAShortMoment()
    {
        var whole = Scene.Lean with { StartSeconds = 0, EndSeconds = 3, Contribution = 0.2 };
        var callouts = CalloutSchedule.Make(Scene.Report(Verdict.Incorrect, Scene.Repetition(1, 0, Verdict.Incorrect, Scene.Elbow, whole)));

        Assert.Equal([Scene.Elbow, whole], callouts.Select(callout => callout.Finding));
        Assert.Equal(Scene.Elbow.StartSeconds, callouts[0].ShowFrom);
        Assert.Equal(callouts[0].ShowTo, callouts[1].ShowFrom);
    }

    [Fact]
    public void Make_SameTwoFindingsInTwoRepetitions_ShowsEachOnceAtItsMoment()
    {
        var second = Scene.Elbow with { Joint = "left-wrist", Measure = "wrist-offset-top", Contribution = 0.3 };
        Finding Later(Finding finding) => finding with { StartSeconds = finding.StartSeconds + 3, EndSeconds = finding.EndSeconds + 3 };
        var callouts = CalloutSchedule.Make(Scene.Report(
            Verdict.Incorrect,
            Scene.Repetition(1, 0, Verdict.Incorrect, Scene.Elbow, second),
            Scene.Repetition(2, 3, Verdict.Incorrect, Later(Scene.Elbow), Later(second))));

        Assert.Equal([(Scene.Elbow.Measure, 1.0), (second.Measure, 4.0)], callouts.Select(callout => (callout.Finding.Measure, callout.ShowFrom)).OrderBy(shown => shown.ShowFrom));
    }

    [Fact]
    public void Make_AnyFindings_ShowsOneAtATimeFromItsOwnMoment() => Gen.Select(Gen.Double[0, 20], Gen.Double[0.1, 3], Gen.Double[0, 1]).Array[1, 8].Sample(drawn =>
    {
        var repetitions = drawn.Select((one, index) => Scene.Repetition(
            index + 1, one.Item1, Verdict.Incorrect, Scene.Elbow with { StartSeconds = one.Item1, EndSeconds = one.Item1 + one.Item2, Contribution = one.Item3 })).ToArray();
        var callouts = CalloutSchedule.Make(Scene.Report(Verdict.Incorrect, repetitions));

        Assert.NotEmpty(callouts);
        Assert.All(callouts.Zip(callouts.Skip(1)), pair => Assert.True(pair.First.ShowTo <= pair.Second.ShowFrom + 1e-9));
        Assert.All(callouts, callout => Assert.True(callout.ShowFrom >= callout.Finding.StartSeconds && callout.ShowFrom <= callout.Finding.EndSeconds + 0.51));
        Assert.All(callouts, callout => Assert.True(callout.MomentFrom >= callout.ShowFrom && callout.MomentTo <= callout.ShowTo));
    });

    [Fact]
    public void Make_TooManyAtOnce_LeavesTheRestToTheClosingCard()
    {
        var crowd = Enumerable.Range(1, 20).Select(index => Scene.Repetition(index, index * 0.1, Verdict.Incorrect, Scene.Elbow)).ToArray();
        var callouts = CalloutSchedule.Make(Scene.Report(Verdict.Incorrect, crowd));

        Assert.InRange(callouts.Count, 1, 4);
        Assert.All(callouts, callout => Assert.True(callout.ShowFrom <= callout.Finding.EndSeconds + 0.51));
    }

    [Fact]
    public void Make_AnyFindings_AreThoseThatLookingAtAllEachTimeChooses() =>
        Gen.Select(Gen.Int[0, 5], Gen.Double[0, 25], Gen.Double[0.1, 4], Gen.Int[1, 3]).Array[0, 40].Sample(drawn =>
        {
            var findings = drawn.Select(one => Finding(one.Item1, one.Item2, one.Item2 + one.Item3)).ToArray();
            List<RepetitionReport> repetitions = [];
            for (var next = 0; next < findings.Length; next += drawn[next].Item4)
            {
                repetitions.Add(Scene.Repetition(repetitions.Count + 1, 0, Verdict.Incorrect, findings[next..Math.Min(next + drawn[next].Item4, findings.Length)]));
            }

            Assert.Equal(
                PlainlyPlaced(repetitions).OrderBy(placed => placed.From),
                CalloutSchedule.Make(Scene.Report(Verdict.Incorrect, [.. repetitions])).Select(callout => (callout.Finding, callout.ShowFrom)));
        });

    [Fact]
    public void Make_TenMinutesOfRepetitions_HasACalloutForMost()
    {
        var repetitions = Enumerable.Range(0, 600).Select(index => Scene.Repetition(
            index + 1, index, Verdict.Incorrect, [.. Enumerable.Range(0, 3).Select(place => Finding((index + place) % 6, index + (0.3 * place), index + (0.3 * place) + 0.5))]));

        Assert.InRange(CalloutSchedule.Make(Scene.Report(Verdict.Incorrect, [.. repetitions])).Count, 250, 600 / 1.2);
    }

    private static Finding Finding(int kind, double from, double to) => kind switch
    {
        0 => Scene.Elbow with { StartSeconds = from, EndSeconds = to, Arms = ["left"] },
        1 => Scene.Elbow with { StartSeconds = from, EndSeconds = to, Arms = ["right", "left"] },
        2 => Scene.Elbow with { StartSeconds = from, EndSeconds = to, Measure = "asymmetry-degrees", Value = 190 },
        3 => Scene.Lean with { StartSeconds = from, EndSeconds = to },
        _ => Scene.Lean with { StartSeconds = from, EndSeconds = to, Measure = "path-distance", Expected = [0, 0.1], Shift = [kind - 4.5, 0.1] },
    };

    // What the schedule is to come to, by going through everything again for each finding.
    private static List<(Finding Finding, double From)> PlainlyPlaced(List<RepetitionReport> repetitions)
    {
        var placed = new List<(Finding Finding, double From)>();
        var left = new List<(int Place, Finding Finding)>();
        var waiting = repetitions.SelectMany(repetition => repetition.Findings.Index()).OrderBy(said => said.Item.StartSeconds).ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.OrderBy(said => TimesSaid(said.Item)).ThenBy(said => said.Index).First();
            waiting.Remove(next);
            if (!TryPlace(next.Item, Math.Max(next.Item.StartSeconds, next.Item.EndSeconds - 0.3)))
            {
                left.Add(next);
            }
        }

        foreach (var (_, finding) in left.OrderBy(said => said.Place).Where(said => TimesSaid(said.Finding) == 0))
        {
            TryPlace(finding, finding.EndSeconds + 0.5);
        }

        return placed;

        int TimesSaid(Finding finding) => placed.Count(other => RepeatedFinding.IsSame(other.Finding, finding));

        bool TryPlace(Finding finding, double latest)
        {
            double[] free =
            [
                .. placed.Select(other => other.From + 1.2).Append(finding.StartSeconds).Where(time => time >= finding.StartSeconds && time <= latest).Order()
                    .Where(from => placed.TrueForAll(other => other.From + 1.2 <= from || other.From >= from + 1.2)),
            ];
            if (free is [var from, ..])
            {
                placed.Add((finding, from));
            }

            return free.Length > 0;
        }
    }
}
