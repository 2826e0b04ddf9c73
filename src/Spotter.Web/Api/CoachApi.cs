using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web.Api;

/// <summary>Making exercises out of good examples, and labels, over HTTP.</summary>
internal static class CoachApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/exercises/{name}/examples", UploadAsync).WithName("uploadExample").WithTags("Coach")
            .AddOpenApiOperationTransformer(ApiDocument.DescribeUpload)
            .WithSummary("Hand in a good example of an exercise that is being taught").WithDescription("A new version is made after each example.");
        routes.MapGet("/api/exercises/{name}/versions", VersionsAsync).WithName("listVersions").WithTags("Coach").WithSummary("The versions of a taught exercise, newest first");
        routes.MapPut("/api/clips/{id}/labels/{rater}", LabelAsync).WithName("labelClip").WithTags("Coach").WithSummary("Say whether a set was well done");
    }

    private static async Task<Results<Created<ExampleAnswer>, Ok<ExampleAnswer>, NotFound, ProblemHttpResult>> UploadAsync(
        string name,
        HttpRequest request,
        UploadReader uploads,
        CoachBook book,
        PackIntake intake,
        IJobStore jobs,
        CancellationToken cancellationToken)
    {
        if (!ExerciseName.IsValid(name) || book.Find(name) is null)
        {
            return TypedResults.NotFound();
        }

        try
        {
            var (job, known) = await uploads.TakeAsync(
                request, ExampleRequest.Kind, upload => new ExampleRequest(name, upload.Title, upload.Info.Container).ToJson(), cancellationToken);
            // The training is handed in after the example, so it comes after it.
            await jobs.EnqueueAsync(Training(name, job.CreatedAt, $"fit-after-{job.Id}", book), cancellationToken);
            intake.Expect();
            var answer = new ExampleAnswer(job.Id);
            return known ? TypedResults.Ok(answer) : TypedResults.Created($"/coach/{name}", answer);
        }
        catch (UploadException e)
        {
            return ClipApi.Problem(e);
        }
    }

    /// <summary>A training on the examples up to a moment.</summary>
    internal static NewJob Training(string exercise, DateTimeOffset until, string? key, CoachBook book) => new()
    {
        Id = JobId.New(),
        Kind = FitRequest.Kind,
        Details = new FitRequest(exercise, until, CultureInfo.CurrentUICulture.Name)
        {
            Correct = book.Unanimous(SetLabel.Correct),
            Incorrect = book.Unanimous(SetLabel.Incorrect),
        }.ToJson(),
        ClientKey = key,
    };

    private static async Task<Results<Ok<IReadOnlyList<PackVersion>>, NotFound>> VersionsAsync(
        string name, CoachBook book, PackIntake intake, CancellationToken cancellationToken)
    {
        if (book.Find(name) is null)
        {
            return TypedResults.NotFound();
        }

        await intake.TakeAllAsync(cancellationToken);
        return TypedResults.Ok(book.Versions(name));
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> LabelAsync(
        string id,
        string rater,
        [Description("correct, incorrect or unsure.")] string value,
        [Description("Why.")] string? note,
        CoachBook book,
        IJobStore jobs,
        CancellationToken cancellationToken)
    {
        if (!JobId.IsValid(id) || await jobs.FindAsync(id, cancellationToken) is not { Kind: ClipRequest.Kind })
        {
            return TypedResults.NotFound();
        }

        if (!Enum.TryParse<SetLabel>(value, ignoreCase: true, out var said) || !Enum.IsDefined(said) || PersonName.Clean(rater) is not { } who)
        {
            return ClipApi.Problem(new UploadException(StatusCodes.Status400BadRequest, "bad-label"));
        }

        book.Label(new ClipLabel(id, who, said, NoteText.Clean(note)));
        return TypedResults.NoContent();
    }

    /// <summary>An example that was taken.</summary>
    /// <param name="Id">Its name.</param>
    internal sealed record ExampleAnswer(string Id);
}
