using CsCheck;
using Spotter.Synthesis;

namespace Spotter.Tests.Synthesis;

public sealed class FaultTests
{
    [Theory]
    [InlineData("no-lockout:25", FaultKind.NoLockout, 25, null)]
    [InlineData("asymmetry:15:left", FaultKind.Asymmetry, 15, Side.Left)]
    [InlineData("asymmetry:15", FaultKind.Asymmetry, 15, Side.Right)]
    [InlineData("late-side:0.1:right", FaultKind.LateSide, 0.1, Side.Right)]
    [InlineData("rush:1.8", FaultKind.Rush, 1.8, null)]
    public void Parse_KnownFault_GivesKindSizeAndSide(string text, FaultKind kind, double size, Side? side)
    {
        var fault = Fault.Parse(text);
        Assert.Equal((kind, size, side), (fault.Kind, fault.Size, fault.Side));
    }

    [Theory]
    [InlineData("no-lockin:25", "not a fault")]
    [InlineData("no-lockout", "no-lockout:SIZE")]
    [InlineData("no-lockout:25:left:1", "no-lockout:SIZE")]
    [InlineData("no-lockout:much", "0 to 60 degrees")]
    [InlineData("no-lockout:-1", "0 to 60 degrees")]
    [InlineData("no-lockout:NaN", "0 to 60 degrees")]
    [InlineData("rush:0.5", "1 to 5 times")]
    [InlineData("no-lockout:25:up", "right or left")]
    [InlineData("lean-back:10:left", "no side")]
    [InlineData("", "not a fault")]
    public void Parse_WrongText_SaysWhatWasExpected(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Fault.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void ToString_AnyFault_ParsesBack() =>
        Gen.Select(Gen.Int[0, FaultScale.All.Count - 1], Gen.Double[0, 1], Gen.Int[0, 2]).Sample((kind, share, side) =>
        {
            var scale = FaultScale.All[kind];
            var size = scale.Neutral + (share * (scale.Largest - scale.Neutral));
            var fault = new Fault(scale.Kind, size, scale.Sided && side < 2 ? (Side)side : null);
            return Fault.Parse(fault.ToString()) == fault;
        });

    [Fact]
    public void Scales_Always_FollowTheOrderOfTheKinds() =>
        Assert.Equal(Enum.GetValues<FaultKind>(), FaultScale.All.Select(scale => scale.Kind));

    [Fact]
    public void Documentation_ListsEveryFaultWithItsSizeAndExercises()
    {
        var lines = File.ReadAllLines(Path.Combine(SharedData.Repository, "docs", "measures.md"));
        foreach (var scale in FaultScale.All)
        {
            var unit = scale.Unit switch { "degrees" => "°", "times" => " times", _ => "" };
            var exercises = MannequinExercises.All.Where(exercise => exercise.Has(scale.Kind)).Select(exercise => exercise.Name.Split('-')[^1]).ToArray();
            var line = Assert.Single(lines, text => text.StartsWith(FormattableString.Invariant($"| `{scale.Name}` ({scale.Coach}{unit}) |"), StringComparison.Ordinal));
            Assert.EndsWith($"| {(exercises.Length == MannequinExercises.All.Count ? "all" : string.Join(", ", exercises))} |", line, StringComparison.Ordinal);
        }
    }
}
