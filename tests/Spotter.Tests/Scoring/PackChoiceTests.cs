using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Tests.Repetitions;

namespace Spotter.Tests.Scoring;

public sealed class PackChoiceTests
{
    private static readonly PackCatalogue Shipped = new(Path.Combine(SharedData.Repository, "models"));

    [Theory]
    [InlineData("shoulder-press", "front-view", 1)]
    [InlineData("shoulder-press", "pose-trainer", 1)]
    [InlineData("bicep-curl", "front-view", 1)]
    [InlineData("bicep-curl", "pose-trainer", 1)]
    [InlineData("front-raise", "front-view", 0.97)]
    [InlineData("front-raise", "pose-trainer", 1)]
    [InlineData("triceps-pushdown", "front-view", 0.98)]
    [InlineData("shoulder-shrug", "pose-trainer", 0.96)]
    public void Choose_RecordedSet_NamesItsExercise(string exercise, string folder, double share)
    {
        var chosen = RecordedSets.Files($"{folder}/{exercise}").Select(file =>
        {
            var (sequence, view, _) = RecordedSets.Cut(file, ExerciseDefinition.Load(exercise));
            var choice = PackChoice.Choose(Shipped, null, sequence, view);
            return (File: Path.GetFileName(file), Name: choice.Misfit is null ? choice.Pack.Definition.Name : "none");
        }).ToArray();

        var wrong = chosen.Where(choice => choice.Name != exercise).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', chosen.CountBy(choice => choice.Name)) + "\n" + string.Join('\n', wrong));
        Assert.True(chosen.Length - wrong.Length >= share * chosen.Length, string.Join(", ", wrong));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(80)]
    [InlineData(-80)]
    public void Choose_PressOfAFigure_IsNamedWithoutBeingAsked(double azimuth)
    {
        var choice = Choose(new PressFigure { AzimuthDegrees = azimuth, LeanDegrees = 20, TopDegrees = 140 });
        Assert.Equal(("shoulder-press", null, 3), (choice.Pack.Definition.Name, choice.Misfit, choice.Set.Repetitions.Count));
    }

    [Fact]
    public void Choose_FigureThatBendsItsKneesOnly_IsNoneOfTheExercises()
    {
        var figure = new PressFigure { BottomDegrees = 60, TopDegrees = 60, KneeDriveDegrees = 100, AzimuthDegrees = 80 };
        var choice = Choose(figure);
        Assert.NotNull(choice.Misfit);
        var reason = Assert.Single(Suitability.OfSet(figure.Render(), ViewEstimator.Estimate(SkeletonCleaning.Clean(figure.Render()))!.Value, choice));
        Assert.Equal(ReasonCodes.NotThisExercise, reason.Code);
        Assert.Contains("bicep curl, front raise", reason.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_ExerciseThatWasAskedFor_SaysWhyItIsNotThat()
    {
        var skeleton = SkeletonCleaning.Clean(new PressFigure { AzimuthDegrees = 80 }.Render());
        var view = ViewEstimator.Estimate(skeleton)!.Value;
        var choice = PackChoice.Choose(Shipped, "bicep-curl", skeleton, view);
        Assert.Contains(choice.Misfit!.Say(), Suitability.OfSet(skeleton, view, choice)[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Twice_ReadsThePackOnce() => Assert.Same(Shipped.Load("shoulder-press"), Shipped.Load("shoulder-press"));

    private static PackChoice Choose(PressFigure figure)
    {
        var skeleton = SkeletonCleaning.Clean(figure.Render());
        return PackChoice.Choose(Shipped, null, skeleton, ViewEstimator.Estimate(skeleton)!.Value);
    }
}
