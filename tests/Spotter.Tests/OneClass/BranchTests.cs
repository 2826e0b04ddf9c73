using System.Text.Json;
using Spotter.OneClass;

namespace Spotter.Tests.OneClass;

public sealed class BranchTests
{
    [Fact]
    public void HeldOutScores_SessionUnlikeTheOthers_ScoresFarOutside()
    {
        var samples = Samples(1, sessions: 5, each: 6);
        for (var i = 24; i < 30; i++)
        {
            samples[i] = samples[i] with { Values = Array.ConvertAll(samples[i].Values, value => value + 50) };
        }

        var scores = CrossConformal.HeldOutScores(samples);
        Assert.All(scores[24..], score => Assert.True(score < -20));
        Assert.All(scores[..24], score => Assert.True(score > -5));
    }

    [Fact]
    public void HeldOutScores_ManySessions_ShareFolds()
    {
        var samples = Samples(2, sessions: 45, each: 2);
        Assert.Equal(90, CrossConformal.HeldOutScores(samples).Distinct().Count());
    }

    [Fact]
    public void Fit_OneSession_LeavesSingleRepetitionsOut()
    {
        var branch = Branch.Fit("measures", Samples(3, sessions: 1, each: 12));
        Assert.Equal(12, branch.Calibration.Count);
        Assert.Equal(1, branch.Calibration.SessionCount);
        Assert.Equal(1, branch.Calibration.EffectiveCount);
    }

    [Fact]
    public void Fit_OneRepetition_AllowsNoVerdict()
    {
        var branch = Branch.Fit("measures", Samples(3, sessions: 1, each: 1));
        Assert.Equal(1, branch.Score([99, 99, 99]).PValue);
        Assert.False(branch.Calibration.Supports(0.5));
    }

    [Fact]
    public void State_WrittenAndRead_GivesTheSameResults()
    {
        var samples = Samples(4, sessions: 4, each: 8);
        var branch = Branch.Fit("network", samples);
        var json = JsonSerializer.Serialize(branch.ToState());
        var read = new Branch(JsonSerializer.Deserialize<BranchState>(json)!);
        Assert.All(samples, sample => Assert.Equal(branch.Score(sample.Values), read.Score(sample.Values)));
        Assert.Equal(branch.Calibration.EffectiveCount, read.Calibration.EffectiveCount);
    }

    [Fact]
    public void State_MissingMeasures_SurviveTheFile()
    {
        var samples = Samples(4, sessions: 3, each: 8);
        samples[5].Values[1] = double.NaN;
        var state = Branch.Fit("measures", samples).ToState();
        var read = JsonSerializer.Deserialize<BranchState>(JsonSerializer.Serialize(state))!;
        Assert.Equal(state.Samples, read.Samples);
        _ = new Branch(read);
    }

    [Fact]
    public void State_MissingParts_AreRefused()
    {
        var state = Branch.Fit("network", Samples(4, sessions: 2, each: 3)).ToState();
        BranchState[] damaged =
        [
            state with { Name = null! },
            state with { Model = null! },
            state with { Model = state.Model with { Support = [99] } },
            state with { Model = state.Model with { Scaler = state.Model.Scaler with { Means = [1] } } },
            state with { Samples = null! },
            state with { Samples = [[1, 2], [1, 2]] },
            state with { HeldOutModels = [] },
            state with { HeldOutModels = [null!, null!] },
            state with { CalibrationScores = [1] },
            state with { CalibrationScores = null! },
        ];
        Assert.All(damaged, bad => Assert.ThrowsAny<ArgumentException>(() => new Branch(bad)));
    }

    [Fact]
    public void Score_ByHeldOutModels_TreatsATrainingSessionLikeItsOwnModelDoes()
    {
        // A sample scored again gets the rank of its calibration score or a better one: other sessions' models have seen it.
        var samples = Samples(8, sessions: 4, each: 10);
        var branch = Branch.Fit("measures", samples);
        for (var i = 0; i < samples.Length; i++)
        {
            var own = branch.Calibration.PValue(branch.Calibration.Scores[i]);
            Assert.True(branch.Score(samples[i].Values).PValue >= own - 0.25);
        }
    }

    [Fact]
    public void Fit_HeldOutScoresMadeElsewhere_ComparesWithTheModelOfAll()
    {
        var samples = Samples(8, sessions: 4, each: 5);
        var branch = Branch.Fit("network", samples, [.. Enumerable.Range(0, 20).Select(i => -0.01 * i)]);
        var result = branch.Score(samples[0].Values);
        Assert.Equal(branch.Calibration.PValue(result.RelativeScore), result.PValue);
        Assert.Equal(result, new Branch(branch.ToState()).Score(samples[0].Values));
    }

    [Fact]
    public void Fusion_SingleBranch_GivesItsPValue()
    {
        var samples = Samples(5, sessions: 5, each: 6);
        var branch = Branch.Fit("measures", samples);
        var fusion = new BranchFusion([branch]);
        Assert.All(samples, sample => Assert.Equal(branch.Score(sample.Values).PValue, fusion.Score([sample.Values]).PValue, 0.5 / 31));
    }

    [Fact]
    public void Fusion_DependentBranches_IsValidAtEveryRate()
    {
        // Each branch scores the same thing with a little noise: Fisher's χ² law would flag far too often.
        var random = new Random(7);
        double[][] Draw(int count) =>
            [.. Enumerable.Range(0, count).Select(_ => random.NextDouble()).Select(common => new[] { common + (0.1 * random.NextDouble()), common })];
        var (flagged, trials) = (0, 3000);
        for (var trial = 0; trial < trials; trial++)
        {
            var pool = Draw(20);
            var fusion = new BranchFusion([WithScores("a", pool[..19], 0), WithScores("b", pool[..19], 1)]);
            flagged += fusion.PValue([[pool[19][0]], [pool[19][1]]]) <= 0.1 ? 1 : 0;
        }

        Assert.InRange(flagged / (double)trials, 0.08, 0.115);
    }

    [Fact]
    public void Fusion_OddToBothBranches_IsOdderThanToOne()
    {
        var samples = Samples(6, sessions: 5, each: 8);
        var fusion = new BranchFusion([Branch.Fit("a", samples), Branch.Fit("b", samples)]);
        double[] normal = fusion.Branches[0].Model.Scaler.Means;
        double[] odd = [30, 30, 30];
        Assert.True(fusion.Score([odd, odd]).PValue <= fusion.Score([odd, normal]).PValue);
        Assert.True(fusion.Score([odd, normal]).PValue < fusion.Score([normal, normal]).PValue);
    }

    [Fact]
    public void Fusion_Order_DoesNotDependOnHowManyRepetitionsThereAre()
    {
        // The same odd repetition under a small and a large pack of one population: its p-value is as small as each allows, its rank about the same.
        var many = Samples(9, sessions: 20, each: 5);
        BranchFusion Fuse(FeatureSample[] samples) => new([Branch.Fit("a", samples), Branch.Fit("b", samples)]);
        var (small, large) = (Fuse(many[..20]).Score([[6, 6, 6], [6, 6, 6]]), Fuse(many).Score([[6, 6, 6], [6, 6, 6]]));
        Assert.True(small.PValue > 4 * large.PValue);
        Assert.InRange(small.Order / large.Order, 0.5, 2);
    }

    [Fact]
    public void Fusion_SeveralHeldOutModelsAndSessionEffects_FlagsAboutAsManyAsAsked()
    {
        // Sessions differ by as much as repetitions of one session do. Cross-conformal p-values promise at most about twice the asked rate, over draws of whole sessions.
        var random = new Random(11);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        IEnumerable<FeatureSample> Session(string name, int count)
        {
            double[] own = [Normal(), Normal(), Normal()];
            for (var i = 0; i < count; i++)
            {
                yield return new FeatureSample([.. own.Select(value => value + Normal())], name);
            }
        }

        var (flagged, judged) = (0, 0);
        for (var trial = 0; trial < 60; trial++)
        {
            FeatureSample[] samples = [.. Enumerable.Range(0, 5).SelectMany(session => Session($"s{session}", 2 + (3 * session)))];
            var fusion = new BranchFusion([Branch.Fit("a", samples), Branch.Fit("b", [.. samples.Select(sample => sample with { Values = [sample.Values[0], sample.Values[2]] })])]);
            foreach (var sample in Enumerable.Range(0, 20).SelectMany(_ => Session("new", 1)))
            {
                flagged += fusion.Score([sample.Values, [sample.Values[0], sample.Values[2]]]).PValue <= 0.1 + 1e-9 ? 1 : 0;
                judged++;
            }
        }

        Assert.InRange((double)flagged / judged, 0.03, 0.2);
    }

    [Fact]
    public void Fusion_DifferentRepetitions_IsRefused() =>
        Assert.Throws<ArgumentException>(
            () => new BranchFusion([Branch.Fit("a", Samples(1, sessions: 2, each: 4)), Branch.Fit("b", Samples(1, sessions: 4, each: 2))]));

    private static FeatureSample[] Samples(uint seed, int sessions, int each) =>
        [.. GeneratedSamples.Make(seed, sessions * each, 3, 1).Select((values, i) => new FeatureSample(values, $"s{i / each}"))];

    private static Branch WithScores(string name, double[][] scores, int column) => new(new BranchState
    {
        Name = name,
        Samples = [[0]],
        Model = new OneClassModelState
        {
            Scaler = new StandardScaler { Means = [0], Scales = [1] },
            Nu = 0.5,
            Gamma = 1,
            Offset = 0.1,
            Support = [0],
            DualCoefficients = [1],
        },
        HeldOutModels = [],
        CalibrationScores = Array.ConvertAll(scores, score => score[column]),
        CalibrationSessions = [.. Enumerable.Range(0, scores.Length)],
        CalibrationModels = new int[scores.Length],
    });
}
