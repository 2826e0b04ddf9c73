using Spotter.Web.Coaching;

namespace Spotter.Web.Tests.Coaching;

public sealed class AgreementTests
{
    [Fact]
    public void Of_TwoRaters_GivesCohensKappa()
    {
        // 20 both correct, 5 only the first, 10 only the second, 15 both incorrect: p = 0.7, chance 0.5, kappa 0.4.
        var labels = new List<ClipLabel>();
        Add(20, SetLabel.Correct, SetLabel.Correct);
        Add(5, SetLabel.Correct, SetLabel.Incorrect);
        Add(10, SetLabel.Incorrect, SetLabel.Correct);
        Add(15, SetLabel.Incorrect, SetLabel.Incorrect);
        Add(7, SetLabel.Unsure, SetLabel.Correct);

        var agreement = Assert.Single(Agreement.Of(labels));

        Assert.Equal(("Ann", "Bob", 50, 35), (agreement.First, agreement.Second, agreement.Clips, agreement.Same));
        Assert.Equal(0.4, agreement.Kappa!.Value, 1e-9);

        void Add(int count, SetLabel ann, SetLabel bob)
        {
            for (var i = 0; i < count; i++)
            {
                var job = $"{ann}-{bob}-{i}";
                labels.Add(new ClipLabel(job, "Ann", ann, ""));
                labels.Add(new ClipLabel(job, "Bob", bob, ""));
            }
        }
    }

    [Fact]
    public void Of_NothingInCommon_IsNothing() =>
        Assert.Empty(Agreement.Of([new ClipLabel("a", "Ann", SetLabel.Correct, ""), new ClipLabel("b", "Bob", SetLabel.Correct, "")]));

    [Fact]
    public void Of_AllTheSame_HasNoKappa() =>
        Assert.Null(Assert.Single(Agreement.Of([new ClipLabel("a", "Ann", SetLabel.Correct, ""), new ClipLabel("a", "Bob", SetLabel.Correct, "")])).Kappa);

    [Fact]
    public void Of_ThreeRaters_GivesEachPairThoseWithMostInCommonFirst()
    {
        ClipLabel[] labels =
        [
            .. Enumerable.Range(0, 5).SelectMany(clip => new[] { "Ann", "Bob" }.Select(rater => new ClipLabel($"clip-{clip}", rater, SetLabel.Correct, ""))),
            new ClipLabel("clip-0", "Cem", SetLabel.Incorrect, ""),
        ];

        var pairs = Agreement.Of(labels);

        Assert.Equal([("Ann", "Bob", 5), ("Ann", "Cem", 1), ("Bob", "Cem", 1)], pairs.Select(pair => (pair.First, pair.Second, pair.Clips)));
        Assert.Equal([true, false, false], pairs.Select(pair => pair.IsEnough));
    }

    [Theory]
    [InlineData("Goblet Squat", "goblet-squat")]
    [InlineData("  Élan vital!! ", "elan-vital")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    public void ExerciseName_OfTitle_IsPlain(string title, string name) => Assert.Equal(name, ExerciseName.Of(title));

    [Fact]
    public void ExerciseName_OfChineseTitle_IsAllowed() => Assert.True(ExerciseName.IsValid(ExerciseName.Of("深蹲")));
}
