using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Spotter.Video;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;
using Spotter.Web.Words;
using Spotter.Web.Work;

namespace Spotter.Web.Api;

/// <summary>Takes a clip from a request: streams it to the disk, looks into it and hands it in. Nothing of what the client says about the file is trusted.</summary>
internal sealed class UploadReader(IJobStore jobs, IClipStore clips, Scratch scratch, ServeOptions options) : IDisposable
{
    private const int LongestTitle = 80;
    private const int LongestKey = 128;
    private const int LongestField = 256;
    private const int MostFields = 8;

    // Each look starts an ffprobe: fifty at once would starve everything else.
    private readonly SemaphoreSlim looks = new(2);

    /// <summary>Takes the clip.</summary>
    /// <param name="request">Body: the file itself, or a form with one file.</param>
    /// <param name="kind">Kind of the job.</param>
    /// <param name="scope">What the client's key is unique in, so that one key may name a clip to be judged and an example of each exercise.</param>
    /// <param name="details">What is to be done with it, given what the file turned out to be.</param>
    /// <param name="cancellationToken">Stops; nothing stays.</param>
    /// <returns>The job, and whether it was known already by its client key.</returns>
    /// <exception cref="UploadException">It was not taken.</exception>
    public async Task<(Job Job, bool Known)> TakeAsync(
        HttpRequest request, string kind, string scope, Func<Upload, Task<string>> details, CancellationToken cancellationToken)
    {
        var key = ClientKey(request) is { } said ? $"{scope}:{said}" : null;
        if (request.ContentLength > options.MaxClipBytes)
        {
            throw UploadException.TooLarge(options);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null; // counted while it streams
        }

        if (key is not null && await jobs.FindByClientKeyAsync(key, cancellationToken) is { } known)
        {
            // A browser takes an answer before it has sent everything for a broken connection.
            await ReadAsync(request.Body, _ => ValueTask.CompletedTask, cancellationToken);
            return (known, true);
        }

        using var folder = scratch.NewFolder();
        var file = folder.File("clip");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var (name, (bytes, checksum)) = await ReceiveAsync(request, file, fields, cancellationToken);
        var described = await details(new Upload(Title(name), bytes, await LookAsync(file, cancellationToken), fields) { Checksum = checksum });
        var id = JobId.New();
        await clips.SaveAsync(ClipName.Original(id), file, cancellationToken);
        var job = await jobs.EnqueueAsync(
            new NewJob { Id = id, Kind = kind, Details = described, ClientKey = key }, cancellationToken);
        if (job.Id != id)
        {
            await clips.DeleteJobAsync(id, cancellationToken);
        }

        return (job, job.Id != id);
    }

    /// <summary>Takes a clip that lies in the clip store already; what is no clip is deleted there.</summary>
    /// <param name="id">The job to be.</param>
    /// <param name="name">Name of the file where it came from; may be empty.</param>
    /// <param name="kind">Kind of the job.</param>
    /// <param name="details">What is to be done with it, given what the file turned out to be.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The job, and whether it was known already.</returns>
    /// <exception cref="UploadException">It was not taken.</exception>
    public async Task<(Job Job, bool Known)> TakeStoredAsync(string id, string? name, string kind, Func<Upload, string> details, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(id, cancellationToken) is { } known)
        {
            return known.Kind == kind ? (known, true) : throw new UploadException(StatusCodes.Status400BadRequest, "no-file");
        }

        var (bytes, info) = await LookAtStoredAsync(id, cancellationToken);
        // What is wrong with the request alone is no reason to delete the clip.
        var described = details(new Upload(Title(name), bytes, info, new Dictionary<string, string>(StringComparer.Ordinal)));
        // The id is the client key, too: of two requests for one clip, the second finds the job of the first.
        return (await jobs.EnqueueAsync(new NewJob { Id = id, Kind = kind, Details = described, ClientKey = id }, cancellationToken), false);
    }

    public void Dispose() => looks.Dispose();

    /// <summary>A file's name as a title: its last part without ending, printable characters only.</summary>
    internal static string Title(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var dot = last.LastIndexOf('.');
        var plain = new string([.. (dot > 0 ? last[..dot] : last).Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)).Take(LongestTitle)]).Trim();
        return plain;
    }

    private async Task<(long Bytes, VideoInfo Info)> LookAtStoredAsync(string id, CancellationToken cancellationToken)
    {
        using var folder = scratch.NewFolder();
        try
        {
            var file = await clips.FetchAsync(ClipName.Original(id), folder.Path, cancellationToken);
            var bytes = new FileInfo(file).Length;
            return (bytes, bytes <= options.MaxClipBytes ? await LookAsync(file, cancellationToken) : throw UploadException.TooLarge(options));
        }
        catch (FileNotFoundException e) when (e is not MissingToolException)
        {
            throw new UploadException(StatusCodes.Status400BadRequest, "no-file");
        }
        catch (UploadException)
        {
            await clips.DeleteJobAsync(id, cancellationToken);
            throw;
        }
    }

    private static string? ClientKey(HttpRequest request)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        return key.Length switch
        {
            0 => null,
            <= LongestKey when key.All(letter => letter is > ' ' and < '\u007f') => key,
            _ => throw new UploadException(StatusCodes.Status400BadRequest, "bad-key"),
        };
    }

    private async Task<(string? Name, (long Bytes, string Checksum) Copied)> ReceiveAsync(
        HttpRequest request, string file, Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return (request.Query["name"], await CopyAsync(request.Body, file, cancellationToken));
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 200)
        {
            throw new UploadException(StatusCodes.Status400BadRequest, "no-file");
        }

        var reader = new MultipartReader(boundary, request.Body);
        while (await ArrivingAsync(reader.ReadNextSectionAsync(cancellationToken)) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                continue;
            }

            if (disposition.IsFormDisposition() && fields.Count < MostFields)
            {
                fields[HeaderUtilities.RemoveQuotes(disposition.Name).ToString()] = await ReadFieldAsync(section.Body, cancellationToken);
            }
            else if (disposition.IsFileDisposition())
            {
                var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
                return (HeaderUtilities.RemoveQuotes(name).ToString(), await CopyAsync(section.Body, file, cancellationToken));
            }
        }

        throw new UploadException(StatusCodes.Status400BadRequest, "no-file");
    }

    private static async Task<string> ReadFieldAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestField];
        return Encoding.UTF8.GetString(buffer, 0, await ArrivingAsync(body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).AsTask()));
    }

    // What breaks while a request is read is the request; what breaks while it is stored is the server.
    private static async Task<T> ArrivingAsync<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new UploadException(StatusCodes.Status400BadRequest, "broken-off");
        }
    }

    private async Task<(long Bytes, string Checksum)> CopyAsync(Stream body, string file, CancellationToken cancellationToken)
    {
        await using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var total = await ReadAsync(
            body,
            piece =>
            {
                hash.AppendData(piece.Span);
                return target.WriteAsync(piece, cancellationToken);
            },
            cancellationToken);
        return total > 0 ? (total, Convert.ToHexStringLower(hash.GetHashAndReset())) : throw new UploadException(StatusCodes.Status400BadRequest, "no-file");
    }

    /// <summary>Reads to the end, within the size that is allowed.</summary>
    private async Task<long> ReadAsync(Stream body, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            long total = 0;
            for (int count; (count = await ArrivingAsync(body.ReadAsync(buffer, cancellationToken).AsTask())) > 0;)
            {
                total += count;
                if (total > options.MaxClipBytes)
                {
                    throw UploadException.TooLarge(options);
                }

                await take(buffer.AsMemory(0, count));
            }

            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<VideoInfo> LookAsync(string file, CancellationToken cancellationToken)
    {
        await looks.WaitAsync(cancellationToken);
        try
        {
            var info = await VideoInfo.ReadAsync(file, cancellationToken: cancellationToken);
            return info.DurationSeconds <= options.MaxClipSeconds
                ? info
                : throw new UploadException(StatusCodes.Status413PayloadTooLarge, "too-long", options.MaxClipSeconds / 60);
        }
        catch (VideoFormatException e)
        {
            throw new UploadException(StatusCodes.Status415UnsupportedMediaType, "not-a-clip", ProblemText.Of(e));
        }
        finally
        {
            looks.Release();
        }
    }
}

/// <summary>A clip that arrived and can be read.</summary>
/// <param name="Title">What it is called; may be empty.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Info">What it says about itself.</param>
/// <param name="Fields">Fields of the form that came before the file.</param>
internal sealed record Upload(string Title, long Bytes, VideoInfo Info, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>SHA-256 of the file; empty where it was not read here.</summary>
    public string Checksum { get; init; } = "";
}
