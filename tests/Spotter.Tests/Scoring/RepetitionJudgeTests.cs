using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Tests.Packs;

namespace Spotter.Tests.Scoring;

/// <summary>Judging mannequins that were not learnt from.</summary>
public sealed class RepetitionJudgeTests
{
    private readonly MannequinPack mannequins = MannequinPack.Shared;

    [Theory]
    [InlineData("front")]
    [InlineData("side")]
    public void Judge_CorrectStrangers_AreRarelyFlagged(string view)
    {
        var repetitions = Enumerable.Range(100, 10).SelectMany(person => MannequinPack.Press(view, person)).ToArray();
        var flagged = repetitions.Count(repetition => IsFlagged(repetition));
        Assert.InRange(flagged, 0, (int)(0.3 * repetitions.Length));
    }

    [Theory]
    [InlineData("front", "no-lockout:45")]
    [InlineData("front", "elbows-low:30")]
    [InlineData("front", "asymmetry:25:left")]
    [InlineData("front", "late-side:0.2:right")]
    [InlineData("front", "sway:12")]
    [InlineData("side", "no-lockout:45")]
    [InlineData("side", "lean-back:20")]
    [InlineData("side", "sway:12")]
    public void Judge_LargeFault_IsFlagged(string view, string fault)
    {
        var repetitions = Enumerable.Range(100, 4).SelectMany(person => MannequinPack.Press(view, person, Fault.Parse(fault))).ToArray();
        Assert.True(repetitions.Length >= 8, "the faulty repetitions are still found");
        Assert.InRange(repetitions.Count(repetition => IsFlagged(repetition)), (int)(0.75 * repetitions.Length), repetitions.Length);
    }

    [Theory]
    [InlineData(0.05, Verdict.Incorrect, false)]
    [InlineData(0.1, Verdict.Incorrect, false)]
    [InlineData(0.11, Verdict.Correct, true)]
    [InlineData(0.2, Verdict.Correct, true)]
    [InlineData(0.21, Verdict.Correct, false)]
    public void Grade_PValue_FollowsTheFalseAlarmRate(double pValue, Verdict verdict, bool watch)
    {
        var view = mannequins.Correct[0].View;
        Assert.Equal((verdict, watch), new RepetitionJudge(mannequins.Pack, view, mannequins.Encoder, Method.Fused).Grade(pValue));
    }

    [Fact]
    public void Constructor_ViewWithoutModel_IsRefused()
    {
        var diagonal = mannequins.Correct[0].View with { View = View.Diagonal };
        Assert.Throws<PackFormatException>(() => new RepetitionJudge(mannequins.Pack, diagonal, mannequins.Encoder, Method.Fused));
    }

    private bool IsFlagged(CorrectRepetition repetition)
    {
        var judge = new RepetitionJudge(mannequins.Pack, repetition.View, mannequins.Encoder, Method.Fused);
        return judge.Grade(judge.Judge(repetition.Skeleton, repetition.Repetition).Score.FusedPValue).Verdict == Verdict.Incorrect;
    }
}
