using System.Collections.Concurrent;
using Spotter.Packs;

namespace Spotter.Web.Coaching;

/// <summary>
/// The folder with the packs that judge: links to those that ship with Spotter, and the chosen version of each exercise that a coach made. All versions are
/// kept beside it. A version that was learnt with another feature network than that of this Spotter is kept, and does not judge.
/// </summary>
internal sealed class PackShelf
{
    private readonly string live;
    private readonly string versions;
    private readonly PackCatalogue shipped;
    private readonly ConcurrentDictionary<(string Exercise, int Version), bool> fitting = new();
    private readonly ConcurrentDictionary<string, bool> outdated = new(StringComparer.Ordinal);

    /// <summary>Lays out the folder.</summary>
    /// <param name="folder">Folder for packs.</param>
    /// <param name="shipped">The packs that ship with Spotter.</param>
    public PackShelf(string folder, PackCatalogue shipped)
    {
        this.shipped = shipped;
        (live, versions) = (Path.Combine(folder, "live"), Path.Combine(folder, "versions"));
        Directory.CreateDirectory(live);
        Directory.CreateDirectory(versions);
        foreach (var link in Directory.EnumerateFiles(live).Where(path => new FileInfo(path).LinkTarget is not null))
        {
            File.Delete(link);
        }

        Catalogue = new PackCatalogue(live);
        Shipped = shipped.Names;
        Link(shipped.BackbonePath);
        foreach (var exercise in Catalogue.Names.Where(exercise => !CanJudge(exercise)))
        {
            outdated[exercise] = true;
            File.Delete(Catalogue.PathOf(exercise)); // a copy of a version
        }

        foreach (var exercise in Shipped.Where(exercise => !File.Exists(Catalogue.PathOf(exercise))))
        {
            Link(shipped.PathOf(exercise));
        }
    }

    /// <summary>The packs that judge.</summary>
    public PackCatalogue Catalogue { get; }

    /// <summary>Names of the exercises that come with Spotter.</summary>
    public IReadOnlyList<string> Shipped { get; }

    /// <summary>Names of the exercises for which a version of a coach judges.</summary>
    public IReadOnlyList<string> Taught => [.. Catalogue.Names.Where(exercise => new FileInfo(Catalogue.PathOf(exercise)).LinkTarget is null)];

    /// <summary>Keeps a version; it does not judge yet.</summary>
    public void Keep(string exercise, int version, ExercisePack pack)
    {
        pack.Write(PathOf(exercise, version));
        fitting[(exercise, version)] = Catalogue.Fits(pack);
    }

    /// <summary>Whether a version is kept here.</summary>
    public bool Keeps(string exercise, int version) => File.Exists(PathOf(exercise, version));

    /// <summary>Reads a version that is kept here; 0 for the pack that comes with Spotter.</summary>
    /// <exception cref="PackFormatException">It is not here, or damaged.</exception>
    public ExercisePack Read(string exercise, int version) => version == 0 ? shipped.Load(exercise) : ExercisePack.Read(PathOf(exercise, version));

    /// <summary>Whether a version that is kept here cannot judge any more: it was learnt with another feature network, or this Spotter cannot read it.</summary>
    public bool IsOutdated(string exercise, int version)
    {
        if (version == 0 || !Keeps(exercise, version))
        {
            return false;
        }

        try
        {
            return !fitting.GetOrAdd((exercise, version), key => Catalogue.Fits(Read(key.Exercise, key.Version)));
        }
        catch (PackFormatException)
        {
            return true;
        }
    }

    /// <summary>Whether the version of an exercise that was to judge is outdated. The pack that comes with Spotter judges then, where there is one.</summary>
    public bool IsOutdated(string exercise) => outdated.ContainsKey(exercise);

    /// <summary>Lets a version judge, unless it is outdated. What judged before stays until the new one is whole.</summary>
    /// <param name="exercise">Name of the exercise.</param>
    /// <param name="version">Number of a version that is kept; 0 for none, and so for the pack that comes with Spotter, where there is one.</param>
    public void Use(string exercise, int version)
    {
        // Whoever does not find the pack while this goes on finds the mark.
        var isOutdated = IsOutdated(exercise, version);
        if (isOutdated)
        {
            outdated[exercise] = true;
        }

        if (version > 0 && !isOutdated)
        {
            AtomicFile.Write(Catalogue.PathOf(exercise), target =>
            {
                using var source = File.OpenRead(PathOf(exercise, version));
                source.CopyTo(target);
            });
        }
        else if (Shipped.Contains(exercise, StringComparer.Ordinal))
        {
            Link(shipped.PathOf(exercise));
        }
        else
        {
            File.Delete(Catalogue.PathOf(exercise));
        }

        if (!isOutdated)
        {
            outdated.TryRemove(exercise, out _);
        }
    }

    /// <summary>Takes away all versions that a coach made; the pack that comes with Spotter judges again, where there is one.</summary>
    public void Remove(string exercise)
    {
        Use(exercise, 0);
        if (Directory.Exists(Path.Combine(versions, exercise)))
        {
            Directory.Delete(Path.Combine(versions, exercise), recursive: true);
        }
    }

    private bool CanJudge(string exercise)
    {
        try
        {
            Catalogue.Load(exercise);
            return true;
        }
        catch (PackFormatException)
        {
            return false;
        }
    }

    private void Link(string source)
    {
        var made = Path.Combine(live, $".{Path.GetFileName(source)}.{Guid.NewGuid():N}.tmp");
        File.CreateSymbolicLink(made, Path.GetFullPath(source));
        File.Move(made, Path.Combine(live, Path.GetFileName(source)), overwrite: true);
    }

    private string PathOf(string exercise, int version) => Path.Combine(
        versions, exercise, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{version}{PackCatalogue.Suffix}"));
}
