using Spotter.Measures;
using Spotter.Skeletons;

namespace Spotter.Tests.Measures;

public sealed class MeasureCatalogueTests
{
    // The kinds of fault that `spotter synth` makes; each must have a measure that shows it.
    private static readonly string[] Faults =
    [
        "no-lockout", "short-bottom", "elbows-low", "elbows-forward", "elbow-flare", "lean-back", "sway", "asymmetry", "late-side", "knee-drive",
        "wrist-off", "bounce", "rush",
    ];

    [Fact]
    public void All_CoverEveryKindOfFaultAndNoOther() =>
        Assert.Equal(Faults.Order(), MeasureCatalogue.All.SelectMany(measure => new[] { measure.FaultBelow, measure.FaultAbove }).OfType<string>().Distinct().Order());

    [Fact]
    public void All_AreWellFormed()
    {
        Assert.Equal(MeasureCatalogue.All.Count, MeasureCatalogue.All.Select(measure => measure.Name).Distinct().Count());
        Assert.All(MeasureCatalogue.All, measure =>
        {
            Assert.Contains(measure.Unit, (string[])["degrees", "torso lengths", "seconds"]);
            Assert.True(BodyPart.TryParse(measure.Part, out _), measure.Part);
            Assert.NotEmpty(measure.Views);
            Assert.True(measure.FaultBelow is null || measure.Faulty != FaultyValues.High, measure.Name);
            Assert.True(measure.FaultAbove is null || measure.Faulty != FaultyValues.Low, measure.Name);
            Assert.Equal(measure.Unit == "degrees", measure.Name.EndsWith("-degrees", StringComparison.Ordinal));
            Assert.Same(measure, MeasureCatalogue.Get(measure.Name));
        });
    }

    [Fact]
    public void Get_UnknownName_SaysSo() =>
        Assert.Contains("beauty", Assert.Throws<ArgumentException>(() => MeasureCatalogue.Get("beauty")).Message, StringComparison.Ordinal);

    [Fact]
    public void Documentation_DescribesEveryMeasureAsTheCatalogueDoes()
    {
        var lines = File.ReadAllLines(Path.Combine(SharedData.Repository, "docs", "measures.md"));
        Assert.All(MeasureCatalogue.All, measure => Assert.Contains(Row(measure), lines));
    }

    private static string Row(Measure measure)
    {
        string[] views = [.. new[] { View.Front, View.Side, View.Diagonal }.Where(view => measure.Views.Contains(view)).Select(view => view.ToString().ToLowerInvariant())];
        var faulty = measure.Faulty switch { FaultyValues.Low => "too low", FaultyValues.High => "too high", _ => "either" };
        return $"| `{measure.Name}` | {measure.Description} | {measure.Unit} | {measure.Part}{(measure.PerArm ? ", each arm" : string.Empty)} "
            + $"| {measure.Phase.ToString().ToLowerInvariant()} | {(views.Length == 3 ? "all" : string.Join(", ", views))} | {faulty} | {Fault(measure.FaultBelow)} | {Fault(measure.FaultAbove)} |";
    }

    private static string Fault(string? name) => name is null ? string.Empty : $"`{name}`";
}
