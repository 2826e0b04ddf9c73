using Spotter.Web.Jobs;

namespace Spotter.Web.Clips;

/// <summary>
/// The mark that the clip store of a database bears. A store that works but is another one, by a mistyped bucket, would take clips that no worker finds, and fail every job that others
/// handed in. The mark is stored before the database names it: whoever reads the name may rely on it, also while several start for the first time.
/// </summary>
internal static class StoreMark
{
    /// <summary>Passes only the store that belongs to the database; the first one becomes it.</summary>
    /// <param name="clips">The store.</param>
    /// <param name="folder">Folder of this process.</param>
    /// <param name="read">Reads the id that the database has; null while it has none.</param>
    /// <param name="addIfNone">Gives the database an id unless it has one; returns the one that it has then.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="BackEndException">It is another store.</exception>
    public static async Task CheckAsync(
        IClipStore clips, string folder, Func<Task<string?>> read, Func<string, Task<string>> addIfNone, CancellationToken cancellationToken)
    {
        var known = await read() ?? await addIfNone(await MakeAsync(clips, folder, cancellationToken));
        var stored = await clips.OpenAsync(ClipName.Mark(known), cancellationToken) ?? throw new BackEndException(
            "The store for clips is not the one of these jobs: other servers and workers use another bucket, or another place in it. Name the same one. "
            + $"If it is the same, and was cleaned or moved, put any file named {ClipName.Mark(known)} beside the clips' folders.");
        await stored.Content.DisposeAsync();
    }

    private static async Task<string> MakeAsync(IClipStore clips, string folder, CancellationToken cancellationToken)
    {
        var id = JobId.New();
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, id);
        await File.WriteAllTextAsync(file, "Spotter knows by this file which database these clips belong to.", cancellationToken);
        await clips.SaveAsync(ClipName.Mark(id), file, cancellationToken);
        return id;
    }
}
