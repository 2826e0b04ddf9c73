using Spotter.Packs;

namespace Spotter.Web.Coaching;

/// <summary>
/// The folder with the packs that judge: links to those that ship with Spotter, and the chosen version of each exercise that a coach made. All versions are
/// kept beside it.
/// </summary>
internal sealed class PackShelf
{
    private readonly string live;
    private readonly string versions;

    /// <summary>Lays out the folder.</summary>
    /// <param name="folder">Folder for packs.</param>
    /// <param name="shipped">The packs that ship with Spotter.</param>
    public PackShelf(string folder, PackCatalogue shipped)
    {
        (live, versions) = (Path.Combine(folder, "live"), Path.Combine(folder, "versions"));
        Directory.CreateDirectory(live);
        Directory.CreateDirectory(versions);
        foreach (var link in Directory.EnumerateFiles(live).Where(path => new FileInfo(path).LinkTarget is not null))
        {
            File.Delete(link);
        }

        foreach (var source in shipped.Names.Select(shipped.PathOf).Append(shipped.BackbonePath))
        {
            var target = Path.Combine(live, Path.GetFileName(source));
            if (!File.Exists(target))
            {
                File.CreateSymbolicLink(target, Path.GetFullPath(source));
            }
        }

        Catalogue = new PackCatalogue(live);
        Shipped = shipped.Names;
    }

    /// <summary>The packs that judge.</summary>
    public PackCatalogue Catalogue { get; }

    /// <summary>Names of the exercises that come with Spotter.</summary>
    public IReadOnlyList<string> Shipped { get; }

    /// <summary>Keeps a version; it does not judge yet.</summary>
    public void Keep(string exercise, int version, ExercisePack pack) => pack.Write(PathOf(exercise, version));

    /// <summary>Lets a version judge.</summary>
    public void Use(string exercise, int version) =>
        AtomicFile.Write(Catalogue.PathOf(exercise), target =>
        {
            using var source = File.OpenRead(PathOf(exercise, version));
            source.CopyTo(target);
        });

    /// <summary>Takes an exercise away with all its versions.</summary>
    public void Remove(string exercise)
    {
        File.Delete(Catalogue.PathOf(exercise));
        if (Directory.Exists(Path.Combine(versions, exercise)))
        {
            Directory.Delete(Path.Combine(versions, exercise), recursive: true);
        }
    }

    private string PathOf(string exercise, int version) => Path.Combine(
        versions, exercise, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{version}{PackCatalogue.Suffix}"));
}
