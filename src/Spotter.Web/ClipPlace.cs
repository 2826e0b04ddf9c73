using Spotter.Web.Clips;
using Spotter.Web.Firebase.Storage;
using Spotter.Web.Jobs;
using Spotter.Web.S3;

namespace Spotter.Web;

/// <summary>Where clips are kept: says it to people, and tries it out at the start.</summary>
internal static class ClipPlace
{
    private static readonly byte[] Trial = "Spotter looks whether clips can be kept here."u8.ToArray();

    /// <summary>
    /// Writes, reads and deletes a small file, as jobs will: with a mistyped bucket or forbidden credentials no clip could be taken, and each job that is
    /// claimed would fail.
    /// </summary>
    /// <param name="clips">The store; disposed where it cannot be used.</param>
    /// <param name="folder">Folder of this process.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The store.</returns>
    /// <exception cref="BackEndException">It cannot be used.</exception>
    public static async Task<IClipStore> TryOutAsync(IClipStore clips, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await TryAsync(clips, folder, cancellationToken);
            return clips;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            (clips as IDisposable)?.Dispose();
            throw new BackEndException($"The store for clips cannot be used. {e.Message}{AdviceOf(clips)}", e);
        }
    }

    /// <summary>The same for a store that is in use.</summary>
    /// <param name="clips">The store.</param>
    /// <param name="folder">Folder for the small file.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="Exception">Whatever the store says, where it cannot be used.</exception>
    public static async Task TryAsync(IClipStore clips, string folder, CancellationToken cancellationToken)
    {
        var name = ClipName.Original(JobId.New());
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, name.Job);
        try
        {
            await File.WriteAllBytesAsync(file, Trial, cancellationToken);
            await clips.SaveAsync(name, file, cancellationToken);
            using var read = new MemoryStream();
            if (await clips.OpenAsync(name, cancellationToken) is { } stored)
            {
                await using var content = stored.Content;
                await content.CopyToAsync(read, cancellationToken);
            }

            await clips.DeleteJobAsync(name.Job, cancellationToken);
            if (!read.ToArray().AsSpan().SequenceEqual(Trial))
            {
                throw new IOException("It did not give back what was stored.");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Key of the sentence that says it.</summary>
    public static string TextOf(BackEnd backEnd) => backEnd.Clips switch
    {
        FirebaseClipStore => "layout.private.firebase",
        S3ClipStore => "layout.private.s3",
        _ => backEnd.IsShared ? "layout.private.shared" : "layout.private",
    };

    private static string AdviceOf(IClipStore clips) => clips is S3ClipStore
        ? " Check the place (--clips or SPOTTER_CLIPS), AWS_REGION or AWS_ENDPOINT_URL_S3, that the bucket exists, and that the credentials may write, read, list and delete in it."
        : "";
}
