using System.ComponentModel;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Spotter.Web.Access;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web.Api;

/// <summary>Clips over HTTP.</summary>
internal static class ClipApi
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var clips = routes.MapGroup("/api/clips").WithTags("Clips").ProducesProblem(StatusCodes.Status401Unauthorized);
        clips.MapPost("/", UploadAsync).WithName("uploadClip")
            .AddOpenApiOperationTransformer(ApiDocument.DescribeUpload)
            .ProducesUploadProblems();
        clips.MapPost("/{id}/stored", StoredAsync).WithName("clipStored")
            .ProducesUploadProblems();
        clips.MapGet("/", ListAsync).WithName("listClips");
        clips.MapGet("/{id}", StatusAsync).WithName("clipStatus").ProducesProblem(StatusCodes.Status404NotFound).AllowWithLink();
        clips.MapGet("/{id}/events", EventsAsync).WithName("clipEvents").ProducesProblem(StatusCodes.Status404NotFound).AllowWithLink();
        clips.MapGet("/{id}/report", ReportAsync).WithName("clipReport").ProducesProblem(StatusCodes.Status404NotFound).Produces(StatusCodes.Status200OK, contentType: "application/json").AllowWithLink();
        clips.MapGet("/{id}/files/{name}", FileAsync).WithName("clipFile").ProducesProblem(StatusCodes.Status404NotFound)
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").AllowWithLink();
        clips.MapMethods("/{id}/files/{name}", [HttpMethods.Head], FileAsync).ExcludeFromDescription().AllowWithLink();
        clips.MapPost("/{id}/cancel", CancelAsync).WithName("cancelClip").ProducesProblem(StatusCodes.Status404NotFound);
        clips.MapPost("/{id}/retry", RetryAsync).WithName("retryClip").ProducesProblem(StatusCodes.Status404NotFound);
        clips.MapDelete("/{id}", DeleteAsync).WithName("deleteClip").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<ClipStatus>, Ok<ClipStatus>, RedirectHttpResult>> UploadAsync(
        HttpRequest request,
        UploadReader uploads,
        PackShelf shelf,
        BackEnd backEnd,
        CoachBook book,
        WaitEstimate waiting,
        string? exercise,
        string? name,
        string? person,
        CancellationToken cancellationToken)
    {
        var details = Details(shelf, exercise, person, backEnd, book);
        var (job, known) = await uploads.TakeAsync(request, ClipRequest.Kind, ClipRequest.Kind, upload => Task.FromResult(details(upload)), cancellationToken);
        if (!FailureHandler.IsForPrograms(request.HttpContext))
        {
            return TypedResults.Redirect($"/r/{job.Id}"); // a plain form of a browser without script
        }

        var status = await waiting.DescribeAsync(job, cancellationToken);
        return known ? TypedResults.Ok(status) : TypedResults.Created($"/api/clips/{job.Id}", status);
    }

    private static async Task<Results<Created<ClipStatus>, Ok<ClipStatus>, NotFound>> StoredAsync(
        string id,
        UploadReader uploads,
        ServeOptions options,
        PackShelf shelf,
        BackEnd backEnd,
        CoachBook book,
        WaitEstimate waiting,
        string? exercise,
        string? name,
        string? person,
        CancellationToken cancellationToken)
    {
        if (options.DirectUpload is null || !JobId.IsValid(id))
        {
            return TypedResults.NotFound();
        }

        var (job, known) = await uploads.TakeStoredAsync(id, name, ClipRequest.Kind, Details(shelf, exercise, person, backEnd, book), cancellationToken);
        var status = await waiting.DescribeAsync(job, cancellationToken);
        return known ? TypedResults.Ok(status) : TypedResults.Created($"/api/clips/{job.Id}", status);
    }

    private static Func<Upload, string> Details(PackShelf shelf, string? exercise, string? person, BackEnd backEnd, CoachBook book)
    {
        var language = System.Globalization.CultureInfo.CurrentUICulture.Name;
        return upload => new ClipRequest
        {
            Exercise = Known(exercise ?? upload.Fields.GetValueOrDefault("exercise"), shelf, book),
            Title = upload.Title,
            Language = language,
            Person = PersonName.Clean(person ?? upload.Fields.GetValueOrDefault("person")),
            Container = upload.Info.Container,
            Bytes = upload.Bytes,
            Seconds = upload.Info.DurationSeconds,
            Packs = backEnd.IsShared ? [.. book.Taught().Where(pack => !shelf.IsOutdated(pack.Exercise))] : null,
        }.ToJson();
    }

    private static string? Known(string? exercise, PackShelf shelf, CoachBook book) => string.IsNullOrEmpty(exercise) ? null
        : shelf.Catalogue.Names.Contains(exercise, StringComparer.Ordinal) ? exercise
        : shelf.IsOutdated(exercise) ? throw new UploadException(StatusCodes.Status503ServiceUnavailable, JobProblem.BeingLearnt, book.Find(exercise)?.Title)
        : throw new UploadException(StatusCodes.Status400BadRequest, "no-such-exercise", string.Join(", ", shelf.Catalogue.Names));

    private static async Task<Ok<IReadOnlyList<ClipStatus>>> ListAsync(
        IJobStore jobs,
        WaitEstimate waiting,
        string? after,
        int? limit,
        CancellationToken cancellationToken)
    {
        var query = new JobQuery { Kind = ClipRequest.Kind, After = after, Limit = Math.Clamp(limit ?? 50, 1, 200) };
        var result = new List<ClipStatus>();
        foreach (var job in await jobs.ListAsync(query, cancellationToken))
        {
            result.Add(await waiting.DescribeAsync(job, cancellationToken));
        }

        return TypedResults.Ok<IReadOnlyList<ClipStatus>>(result);
    }

    private static async Task<Results<Ok<ClipStatus>, NotFound>> StatusAsync(string id, IJobStore jobs, WaitEstimate waiting, CancellationToken cancellationToken) =>
        await FindAsync(id, jobs, cancellationToken) is { } job ? TypedResults.Ok(await waiting.DescribeAsync(job, cancellationToken)) : TypedResults.NotFound();

    private static async Task<Results<ServerSentEventsResult<ClipStatus>, NotFound>> EventsAsync(
        string id, IJobStore jobs, WaitEstimate waiting, IHostApplicationLifetime lifetime, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        return await FindAsync(id, jobs, cancellationToken) is null
            ? TypedResults.NotFound()
            : TypedResults.ServerSentEvents(WatchAsync(id, jobs, waiting, lifetime.ApplicationStopping, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<ClipStatus>> WatchAsync(
        string id, IJobStore jobs, WaitEstimate waiting, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        ClipStatus? told = null;
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (await jobs.FindAsync(id, cancellationToken) is { } job)
        {
            var status = await waiting.DescribeAsync(job, cancellationToken);
            if (status != told || since.Elapsed > KeepAlive)
            {
                since.Restart();
                told = status;
                yield return new SseItem<ClipStatus>(status, "status");
            }

            if (status.IsOver)
            {
                yield break;
            }

            await Task.Delay(LookAgain, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ending.IsCancellationRequested)
            {
                yield break; // the browser asks again, and so finds the server that comes next
            }
        }
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> ReportAsync(string id, IJobStore jobs, IClipStore clips, CancellationToken cancellationToken) =>
        await OpenAsync(id, ResultFiles.Report, jobs, clips, cancellationToken) is { } file
            ? TypedResults.Stream(file.Content, "application/json", lastModified: file.LastModified)
            : TypedResults.NotFound();

    private static async Task<Results<FileStreamHttpResult, NotFound>> FileAsync(
        string id,
        string name,
        string? download,
        IJobStore jobs,
        IClipStore clips,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(id, jobs, cancellationToken) is not { } job || await OpenAsync(id, name, jobs, clips, cancellationToken) is not { } file)
        {
            return TypedResults.NotFound();
        }

        var request = ClipRequest.Of(job);

        // A stored file never changes, but it may be deleted: the browser asks again.
        response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(
            file.Content,
            TypeOf(name, request),
            download is null ? null : DownloadName(id, name, request),
            file.LastModified,
            new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{id}-{name}-{file.LastModified.ToUnixTimeMilliseconds()}\""),
            enableRangeProcessing: true);
    }

    private static async Task<Results<NoContent, NotFound>> CancelAsync(string id, IJobStore jobs, CancellationToken cancellationToken) =>
        await FindAsync(id, jobs, cancellationToken) is not null && await jobs.CancelAsync(id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> RetryAsync(string id, IJobStore jobs, CancellationToken cancellationToken) =>
        await FindAsync(id, jobs, cancellationToken) is not null && await jobs.RetryAsync(id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(string id, IJobStore jobs, Housekeeping housekeeping, CancellationToken cancellationToken) =>
        await FindAsync(id, jobs, cancellationToken) is not null && await housekeeping.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    /// <summary>A clip that was handed in to be judged; null where there is none of that name.</summary>
    internal static async Task<Job?> FindAsync(string id, IJobStore jobs, CancellationToken cancellationToken) =>
        JobId.IsValid(id) && await jobs.FindAsync(id, cancellationToken) is { Kind: ClipRequest.Kind } job ? job : null;

    private static async Task<StoredFile?> OpenAsync(string id, string name, IJobStore jobs, IClipStore clips, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, jobs, cancellationToken) is not { } job)
        {
            return null;
        }

        if (name == ClipName.Original(id).File)
        {
            return await clips.OpenAsync(ClipName.Original(id), cancellationToken);
        }

        // Only what the committed outcome lists can be seen.
        return ClipOutcome.Of(job) is { } outcome && outcome.Files.Contains(name, StringComparer.Ordinal)
            ? await clips.OpenAsync(new ClipName(id, outcome.Attempt, name), cancellationToken)
            : null;
    }

    private static string TypeOf(string name, ClipRequest request) => Path.GetExtension(name) switch
    {
        ".mp4" => "video/mp4",
        ".jpg" => "image/jpeg",
        ".json" => "application/json",
        "" => MediaType.OfContainer(request.Container),
        _ => "application/octet-stream",
    };

    // As the person called the clip; the ending of the original is that of what it is.
    private static string DownloadName(string id, string name, ClipRequest request)
    {
        var title = string.Concat(request.Title.Select(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_' ? letter : '-')).Trim(' ', '-');
        var file = name.Contains('.', StringComparison.Ordinal) ? name : "original" + MediaType.EndingOf(request.Container);
        return $"{(title.Length > 0 ? title : "spotter-" + id[..6])}-{file}";
    }
}
