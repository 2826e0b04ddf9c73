using System.Collections.Concurrent;
using System.Globalization;
using Spotter.Packs;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;

namespace Spotter.Web.Work;

/// <summary>
/// The packs that a clip is judged with. Where the work is done by the server that took the clip, these are the ones on its shelf. Where it may be done by any
/// machine, the job names the packs that a coach taught; they are fetched from the clip store and put beside those that this machine has.
/// </summary>
/// <param name="shelf">For clips that name no packs: those of this server; null in a worker, which has its own alone.</param>
/// <param name="own">For clips that name some: what they are put beside.</param>
/// <param name="clips">Where taught packs are kept.</param>
/// <param name="scratch">Where they are put together.</param>
internal sealed class JudgingPacks(PackShelf? shelf, PackCatalogue own, IClipStore clips, Scratch scratch) : IDisposable
{
    private const int MostSets = 4;

    private readonly PackSet ofShelf = shelf is null ? new(own, null, _ => false) : new(shelf.Catalogue, null, shelf.IsOutdated);
    private readonly ConcurrentDictionary<string, PackSet> sets = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim making = new(1);

    /// <summary>The packs for a clip, those that it needs readable.</summary>
    /// <exception cref="PackFormatException">A pack that the clip is to be judged with is gone from the clip store.</exception>
    /// <exception cref="UnfitMachineException">This machine lacks a pack or the feature network, or has others than the clip needs.</exception>
    public async Task<PackSet> ForAsync(ClipRequest request, CancellationToken cancellationToken)
    {
        var set = await SetAsync(request, cancellationToken);
        if (request.Exercise is { } named && !set.Catalogue.Names.Contains(named, StringComparer.Ordinal) && set.IsOutdated(named))
        {
            throw new UnfitMachineException($"\"{named}\" was taught to another version of Spotter than this one, and has to be learnt again.") { IsBeingLearnt = true };
        }

        if (request.Packs?.FirstOrDefault(pack => pack.Exercise == request.Exercise) is { } wanted && !set.Catalogue.Names.Contains(wanted.Exercise, StringComparer.Ordinal))
        {
            throw new PackFormatException(string.Create(
                CultureInfo.InvariantCulture, $"Version {wanted.Version} of \"{wanted.Exercise}\", which was to judge this clip, is not in the clip store any more: train the exercise again."));
        }

        var names = request.Exercise is { } exercise ? [exercise] : set.Catalogue.Names;
        if (names.Count == 0)
        {
            throw new UnfitMachineException($"There is no exercise pack in {set.Catalogue.Folder}.");
        }

        Here(() => (set.Catalogue.BackbonePath, names.Select(set.Catalogue.Load).ToList()));
        return set;
    }

    /// <summary>Looks at the packs of this machine.</summary>
    private static T Here<T>(Func<T> look)
    {
        try
        {
            return look();
        }
        catch (PackFormatException e)
        {
            throw new UnfitMachineException(e.Message, e);
        }
    }

    private async Task<PackSet> SetAsync(ClipRequest request, CancellationToken cancellationToken)
    {
        if (request.Packs is not { } taught)
        {
            return ofShelf;
        }

        var key = string.Join('\n', taught.Select(pack => pack.ToString()).Order(StringComparer.Ordinal));
        if (sets.TryGetValue(key, out var known))
        {
            return known;
        }

        await making.WaitAsync(cancellationToken);
        try
        {
            if (sets.TryGetValue(key, out known))
            {
                return known;
            }

            if (sets.Count >= MostSets)
            {
                sets.Clear(); // another clip may still be judged with one of them: they stay until the process ends
            }

            return sets[key] = await MakeAsync(taught, cancellationToken);
        }
        finally
        {
            making.Release();
        }
    }

    public void Dispose()
    {
        ofShelf.Dispose();
        foreach (var set in sets.Values)
        {
            set.Dispose();
        }

        making.Dispose();
    }

    private async Task<PackSet> MakeAsync(IReadOnlyList<TaughtPack> taught, CancellationToken cancellationToken)
    {
        if (taught.Count == 0)
        {
            return new PackSet(own, null, _ => false);
        }

        var folder = scratch.NewFolder();
        try
        {
            var (catalogue, outdated) = (new PackCatalogue(folder.Path), new HashSet<string>(StringComparer.Ordinal));
            foreach (var pack in taught)
            {
                // An exercise that is not taught any more, or has to be learnt again, keeps no clip of another from being judged.
                if (!await PutAsync(pack, catalogue, cancellationToken))
                {
                    outdated.Add(pack.Exercise);
                }
            }

            foreach (var file in Here(() => own.Names.Except(catalogue.Names, StringComparer.Ordinal).Select(own.PathOf).Append(own.BackbonePath).ToList()))
            {
                File.CreateSymbolicLink(folder.File(Path.GetFileName(file)), Path.GetFullPath(file));
            }

            return new PackSet(catalogue, folder, outdated.Contains);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Puts a taught pack beside others, where it is there still.</summary>
    /// <returns>False where another version of Spotter made it.</returns>
    private async Task<bool> PutAsync(TaughtPack taught, PackCatalogue beside, CancellationToken cancellationToken)
    {
        using var folder = scratch.NewFolder();
        try
        {
            var pack = await taught.FetchAsync(clips, folder.Path, cancellationToken);
            if (!own.Fits(pack))
            {
                return false;
            }

            pack.Write(beside.PathOf(taught.Exercise));
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (PackFormatException)
        {
            return false;
        }
    }
}

/// <summary>Packs that judge together.</summary>
/// <param name="catalogue">The packs.</param>
/// <param name="folder">Where they were put together; null for nowhere.</param>
/// <param name="isOutdated">Whether a taught pack of an exercise was left out, as another version of Spotter made it.</param>
internal sealed class PackSet(PackCatalogue catalogue, ScratchFolder? folder, Func<string, bool> isOutdated) : IDisposable
{
    public PackCatalogue Catalogue { get; } = catalogue;

    public FormChecker Checker { get; } = new(catalogue);

    public bool IsOutdated(string exercise) => isOutdated(exercise);

    public void Dispose()
    {
        Checker.Dispose();
        folder?.Dispose();
    }
}
