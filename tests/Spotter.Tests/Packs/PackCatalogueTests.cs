using Spotter.Packs;

namespace Spotter.Tests.Packs;

public sealed class PackCatalogueTests : IDisposable
{
    private readonly MannequinPack mannequins = MannequinPack.Shared;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("spotter-");

    private string Backbone => Path.Combine(folder.FullName, PackCatalogue.BackboneFile);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Load_ShippedPacks_AreReadWithTheShippedNetwork()
    {
        var catalogue = new PackCatalogue(Path.Combine(SharedData.Repository, "models"));
        Assert.Contains("shoulder-press", catalogue.Names);
        Assert.All(catalogue.Names, name => Assert.Equal(name, catalogue.Load(name).Definition.Name));
    }

    [Fact]
    public void Load_WrittenAnew_GivesTheNewPack()
    {
        File.Copy(Path.Combine(SharedData.Repository, "models", PackCatalogue.BackboneFile), Backbone);
        var catalogue = new PackCatalogue(folder.FullName);
        mannequins.Pack.Write(catalogue.PathOf("press"));
        Assert.Equal("1", catalogue.Load("press").Version);
        (mannequins.Pack with { Version = "2.0" }).Write(catalogue.PathOf("press"));
        Assert.Equal("2.0", catalogue.Load("press").Version);
    }

    [Fact]
    public void Load_PackOfAnotherNetwork_IsRefused()
    {
        File.WriteAllBytes(Backbone, [1, 2, 3]);
        var catalogue = new PackCatalogue(folder.FullName);
        mannequins.Pack.Write(catalogue.PathOf("press"));
        var error = Assert.Throws<PackFormatException>(() => catalogue.Load("press"));
        Assert.Contains("another feature network", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadUsable_OneIsDamaged_GivesTheOthersAndSaysWhatIsWrong()
    {
        File.Copy(Path.Combine(SharedData.Repository, "models", PackCatalogue.BackboneFile), Backbone);
        var catalogue = new PackCatalogue(folder.FullName);
        File.WriteAllText(catalogue.PathOf("juggling"), "{");
        Assert.Contains("juggling", Assert.Throws<PackFormatException>(() => catalogue.LoadUsable(out _)).Message, StringComparison.Ordinal);
        mannequins.Pack.Write(catalogue.PathOf("press"));

        Assert.Single(catalogue.LoadUsable(out var unusable));
        Assert.Equal(["juggling"], unusable.Keys);
    }

    [Fact]
    public void Load_NoSuchPack_NamesThoseThereAre()
    {
        mannequins.Pack.Write(Path.Combine(folder.FullName, "press" + PackCatalogue.Suffix));
        var error = Assert.Throws<PackFormatException>(() => new PackCatalogue(folder.FullName).Load("juggling"));
        Assert.Contains("There are: press", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BackbonePath_Missing_SaysWhatToDo() =>
        Assert.Throws<PackFormatException>(() => new PackCatalogue(folder.FullName).BackbonePath);
}
