using Spotter.Packs;
using Spotter.Skeletons;

namespace Spotter.Tests.Packs;

public sealed class PackFittingTests : IDisposable
{
    private readonly MannequinPack mannequins = MannequinPack.Shared;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("spotter-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Fit_TwoViews_HasAModelForEachAndSaysWhatItRestsOn()
    {
        Assert.Equal([View.Front, View.Side], mannequins.Pack.Views.Select(view => view.View));
        Assert.All(mannequins.Pack.Origin.Data, data => Assert.Equal("mannequin", data.Source));
        Assert.Equal(mannequins.Correct.Select(repetition => repetition.Session).Distinct().Count(), mannequins.Pack.Origin.Data.Sum(data => data.Sessions));
        Assert.Equal(mannequins.Correct.Count, mannequins.Pack.Origin.Data.Sum(data => data.Repetitions));
    }

    [Fact]
    public void Fit_SameRepetitions_GivesTheSameFile()
    {
        var (first, second) = (Path.Combine(folder.FullName, "a"), Path.Combine(folder.FullName, "b"));
        mannequins.Pack.Write(first);
        mannequins.Fit(mannequins.Correct).Write(second);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void Fit_FourRepetitions_SaysHowManyAreNeeded()
    {
        var error = Assert.Throws<PackFormatException>(() => mannequins.Fit([.. mannequins.Correct.Take(4)]));
        Assert.Contains("at least 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_FewOfOneView_LeavesThatViewOut()
    {
        var some = mannequins.Correct.Where(repetition => repetition.View.View == View.Front).Concat(mannequins.Correct.Where(repetition => repetition.View.View == View.Side).Take(3));
        Assert.Equal(View.Front, Assert.Single(mannequins.Fit([.. some]).Views).View);
    }
}
