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
/// <param name="shelf">For clips that name no packs: those of this process.</param>
/// <param name="own">For clips that name some: what they are put beside.</param>
/// <param name="clips">Where taught packs are kept.</param>
/// <param name="scratch">Where they are put together.</param>
internal sealed class JudgingPacks(PackCatalogue shelf, PackCatalogue own, IClipStore clips, Scratch scratch) : IDisposable
{
    private const int MostSets = 4;

    private readonly PackSet ofShelf = new(shelf, null);
    private readonly ConcurrentDictionary<string, PackSet> sets = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim making = new(1);

    /// <summary>The packs for a clip, those that it needs readable.</summary>
    /// <exception cref="PackFormatException">A pack that the clip is to be judged with is gone from the clip store.</exception>
    /// <exception cref="UnfitMachineException">This machine lacks a pack or the feature network, or has others than the clip needs.</exception>
    public async Task<PackSet> ForAsync(ClipRequest request, CancellationToken cancellationToken)
    {
        var set = await SetAsync(request, cancellationToken);
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
            return new PackSet(own, null);
        }

        var folder = scratch.NewFolder();
        try
        {
            var catalogue = new PackCatalogue(folder.Path);
            foreach (var pack in taught)
            {
                // An exercise that is not taught any more keeps no clip of another from being judged.
                (await FetchAsync(pack, cancellationToken))?.Write(catalogue.PathOf(pack.Exercise));
            }

            foreach (var file in Here(() => own.Names.Except(catalogue.Names, StringComparer.Ordinal).Select(own.PathOf).Append(own.BackbonePath).ToList()))
            {
                File.CreateSymbolicLink(folder.File(Path.GetFileName(file)), Path.GetFullPath(file));
            }

            return new PackSet(catalogue, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    // Null where it is not there any more.
    private async Task<ExercisePack?> FetchAsync(TaughtPack taught, CancellationToken cancellationToken)
    {
        using var folder = scratch.NewFolder();
        try
        {
            return await taught.FetchAsync(clips, folder.Path, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (PackFormatException e)
        {
            throw new UnfitMachineException(e.Message, e); // another version of Spotter made it
        }
    }
}

/// <summary>Packs that judge together.</summary>
internal sealed class PackSet(PackCatalogue catalogue, ScratchFolder? folder) : IDisposable
{
    public PackCatalogue Catalogue { get; } = catalogue;

    public FormChecker Checker { get; } = new(catalogue);

    public void Dispose()
    {
        Checker.Dispose();
        folder?.Dispose();
    }
}
