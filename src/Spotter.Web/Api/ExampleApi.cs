using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web.Api;

/// <summary>The good examples of an exercise that is taught, over HTTP.</summary>
internal static class ExampleApi
{
    /// <summary>Most examples of one exercise; more change nothing that could be noticed.</summary>
    public const int Most = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var examples = routes.MapGroup("/api/exercises/{name}/examples").WithTags("Exercises")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);
        examples.MapPost("/", UploadAsync).WithName("uploadExample")
            .AddOpenApiOperationTransformer(ApiDocument.DescribeUpload)
            .ProducesUploadProblems().ProducesProblem(StatusCodes.Status409Conflict);
        examples.MapGet("/", ListAsync).WithName("listExamples");
        examples.MapDelete("/{id}", DeleteAsync).WithName("deleteExample");
        examples.MapGet("/{id}/files/{file}", FileAsync).WithName("exampleFile").Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
    }

    /// <summary>The examples of an exercise that is taught here, oldest first.</summary>
    public static async Task<IReadOnlyList<Job>> FindAsync(string exercise, IJobStore jobs, CoachBook book, CancellationToken cancellationToken)
    {
        var found = new List<Job>();
        await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = ExampleRequest.Kind }, cancellationToken))
        {
            if (IsOf(exercise, job, book))
            {
                found.Add(job);
            }
        }

        found.Reverse();
        return found;
    }

    /// <summary>Removes an example; a version without it is trained.</summary>
    /// <returns>False where the exercise has no such example.</returns>
    public static async Task<bool> RemoveAsync(string exercise, string? id, IJobStore jobs, CoachBook book, Housekeeping housekeeping, PackIntake intake, CancellationToken cancellationToken)
    {
        if (!JobId.IsValid(id) || await jobs.FindAsync(id!, cancellationToken) is not { } job || !IsOf(exercise, job, book))
        {
            return false;
        }

        await housekeeping.DeleteAsync(id!, cancellationToken);
        intake.Expect();
        return true;
    }

    private static bool IsOf(string exercise, Job job, CoachBook book) =>
        job.Kind == ExampleRequest.Kind && ExampleRequest.Of(job) is var request && request.Exercise == exercise && book.Owns(request.Server);

    private static async Task<Results<Created<ExampleAnswer>, Ok<ExampleAnswer>, NotFound>> UploadAsync(
        string name, HttpRequest request, UploadReader uploads, CoachBook book, PackIntake intake, IJobStore jobs, CancellationToken cancellationToken)
    {
        if (!ExerciseName.IsValid(name) || book.Find(name) is null)
        {
            return TypedResults.NotFound();
        }

        var language = CultureInfo.CurrentUICulture.Name;
        var (job, known) = await uploads.TakeAsync(
            request,
            ExampleRequest.Kind,
            $"{ExampleRequest.Kind}:{name}",
            async upload =>
            {
                var examples = await FindAsync(name, jobs, book, cancellationToken);
                if (examples.FirstOrDefault(example => ExampleRequest.Of(example).Checksum == upload.Checksum) is { } same)
                {
                    throw new UploadException(StatusCodes.Status409Conflict, "same-example", ExampleRequest.Of(same).Title);
                }

                return examples.Count < Most
                    ? new ExampleRequest(name, upload.Title, upload.Info.Container) { Checksum = upload.Checksum, Language = language, Server = book.Server }.ToJson()
                    : throw new UploadException(StatusCodes.Status409Conflict, "enough-examples", Most);
            },
            cancellationToken);
        intake.Expect();
        var answer = ExampleAnswer.Of(job);
        return known ? TypedResults.Ok(answer) : TypedResults.Created($"/api/exercises/{name}/examples", answer);
    }

    private static async Task<Results<Ok<IReadOnlyList<ExampleAnswer>>, NotFound>> ListAsync(string name, CoachBook book, IJobStore jobs, CancellationToken cancellationToken) =>
        ExerciseName.IsValid(name) && book.Find(name) is not null
            ? TypedResults.Ok<IReadOnlyList<ExampleAnswer>>([.. (await FindAsync(name, jobs, book, cancellationToken)).Select(ExampleAnswer.Of)])
            : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(
        string name, string id, IJobStore jobs, CoachBook book, Housekeeping housekeeping, PackIntake intake, CancellationToken cancellationToken) =>
        await RemoveAsync(name, id, jobs, book, housekeeping, intake, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<FileStreamHttpResult, NotFound>> FileAsync(
        string name, string id, string file, IJobStore jobs, CoachBook book, IClipStore clips, HttpResponse response, CancellationToken cancellationToken)
    {
        if (!JobId.IsValid(id) || await jobs.FindAsync(id, cancellationToken) is not { } job || !IsOf(name, job, book))
        {
            return TypedResults.NotFound();
        }

        var original = ClipName.Original(id);
        var stored = file == original.File ? original
            : file is ResultFiles.Poster or ResultFiles.Thumbnail && ExampleOutcome.Of(job) is { } outcome ? new ClipName(id, outcome.Attempt, file)
            : null;
        if (stored is null || await clips.OpenAsync(stored, cancellationToken) is not { } found)
        {
            return TypedResults.NotFound();
        }

        response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(
            found.Content,
            stored == original ? MediaType.OfContainer(ExampleRequest.Of(job).Container) : "image/jpeg",
            lastModified: found.LastModified,
            entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{id}-{file}-{found.LastModified.ToUnixTimeMilliseconds()}\""),
            enableRangeProcessing: true);
    }

    /// <summary>An example.</summary>
    internal sealed record ExampleAnswer
    {
        [Description("Its name.")]
        public required string Id { get; init; }

        [Description("What it is called.")]
        public required string Title { get; init; }

        [Description("waiting, running, done, set-aside or cancelled.")]
        public required string State { get; init; }

        [Description("Repetitions found in it, once it was looked at.")]
        public int? Repetitions { get; init; }

        [Description("From where it is seen: front, side or diagonal; null where nobody can be followed.")]
        public string? View { get; init; }

        [Description("Why it was set aside.")]
        public ClipProblem? Problem { get; init; }

        public static ExampleAnswer Of(Job job)
        {
            var outcome = ExampleOutcome.Of(job);
            return new ExampleAnswer
            {
                Id = job.Id,
                Title = ExampleRequest.Of(job).Title,
                State = ClipStatus.Name(job.State),
                Repetitions = outcome?.Repetitions,
                View = outcome?.View,
                Problem = job.Problem is { } problem && job.State != JobState.Done ? new ClipProblem(problem.Code, ProblemText.Of(problem)) : null,
            };
        }
    }
}
