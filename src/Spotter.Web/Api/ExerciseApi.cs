using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Spotter.Packs;
using Spotter.Web.Coaching;
using Spotter.Web.Words;
using Spotter.Web.Work;

namespace Spotter.Web.Api;

/// <summary>The exercises that can be judged, and teaching, over HTTP.</summary>
internal static class ExerciseApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var exercises = routes.MapGroup("/api/exercises").WithTags("Exercises").ProducesProblem(StatusCodes.Status401Unauthorized);
        exercises.MapGet("/", (PackCatalogue packs) => TypedResults.Ok(packs.Names)).WithName("listExercises");
        exercises.MapPost("/", Add).WithName("teachExercise")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapGet("/api/taught", (CoachBook book) => TypedResults.Ok(book.Exercises())).WithName("listTaughtExercises").WithTags("Exercises").ProducesProblem(StatusCodes.Status401Unauthorized);
        exercises.MapGet("/{name}", Describe).WithName("exercise").ProducesProblem(StatusCodes.Status404NotFound);
        exercises.MapDelete("/{name}", DeleteAsync).WithName("deleteExercise")
            .ProducesProblem(StatusCodes.Status404NotFound);
        exercises.MapGet("/{name}/versions", VersionsAsync).WithName("listVersions").ProducesProblem(StatusCodes.Status404NotFound);
        exercises.MapGet("/{name}/versions/{number:int}", VersionAsync).WithName("version").ProducesProblem(StatusCodes.Status404NotFound);
        exercises.MapPut("/{name}/current", UseAsync).WithName("useVersion").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        exercises.MapPost("/{name}/trainings", TrainAsync).WithName("trainExercise").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Results<Created<CoachedExercise>, Ok<CoachedExercise>> Add(
        string title,
        bool? more,
        CoachBook book,
        PackShelf shelf)
    {
        if (TaughtTitle.Clean(title) is not { } plain)
        {
            throw new UploadException(StatusCodes.Status400BadRequest, "bad-title");
        }

        var name = TaughtTitle.NameOf(plain);
        if (book.Find(name) is { } known)
        {
            return TypedResults.Ok(known);
        }

        var isShipped = shelf.Shipped.Contains(name, StringComparer.Ordinal);
        if (isShipped && more != true)
        {
            throw new UploadException(StatusCodes.Status409Conflict, "comes-with-spotter", ExerciseText.Of(name));
        }

        book.Add(name, plain, follows: !isShipped);
        return TypedResults.Created($"/api/exercises/{name}", book.Find(name)!);
    }

    private static Results<Ok<ExerciseDetails>, NotFound> Describe(string name, CoachBook book, PackShelf shelf)
    {
        var taught = ExerciseName.IsValid(name) ? book.Find(name) : null;
        var judges = shelf.Catalogue.Names.Contains(name, StringComparer.Ordinal);
        return judges || taught is not null
            ? TypedResults.Ok(new ExerciseDetails(
                name, taught?.Title ?? ExerciseText.Of(name), shelf.Shipped.Contains(name, StringComparer.Ordinal), taught, judges ? PackReport.Of(shelf.Catalogue.Load(name)) : null))
            : TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(string name, PackIntake intake, CancellationToken cancellationToken) =>
        ExerciseName.IsValid(name) && await intake.RemoveAsync(name, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<Ok<IReadOnlyList<PackVersion>>, NotFound>> VersionsAsync(string name, CoachBook book, PackIntake intake, CancellationToken cancellationToken)
    {
        if (!ExerciseName.IsValid(name) || book.Find(name) is null)
        {
            return TypedResults.NotFound();
        }

        await intake.TakeAllAsync(cancellationToken);
        return TypedResults.Ok(book.Versions(name));
    }

    private static async Task<Results<Ok<VersionDetails>, NotFound>> VersionAsync(
        string name, int number, CoachBook book, PackShelf shelf, LabelledClips labelled, CancellationToken cancellationToken)
    {
        if (!ExerciseName.IsValid(name) || !TaughtTitle.Has(name, number, book, shelf))
        {
            return TypedResults.NotFound();
        }

        var pack = shelf.Read(name, number);
        return TypedResults.Ok(new VersionDetails(number, PackReport.Of(pack), await labelled.TryAsync(name, pack, cancellationToken)));
    }

    private static async Task<Results<NoContent, NotFound>> UseAsync(
        string name, int version, PackIntake intake, PackShelf shelf, CancellationToken cancellationToken) =>
        !ExerciseName.IsValid(name) ? TypedResults.NotFound()
        : shelf.IsOutdated(name, version) ? throw new UploadException(StatusCodes.Status409Conflict, "outdated", version)
        : await intake.UseAsync(name, version, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<Accepted<TakenJob>, NotFound>> TrainAsync(
        string name, CoachBook book, Trainings trainings, PackIntake intake, CancellationToken cancellationToken)
    {
        if (!ExerciseName.IsValid(name) || book.Find(name) is null)
        {
            return TypedResults.NotFound();
        }

        var job = await trainings.HandInAsync(name, cancellationToken);
        intake.Expect();
        return TypedResults.Accepted($"/api/exercises/{name}/versions", new TakenJob(job.Id));
    }

    /// <summary>An exercise.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Title">What people call it.</param>
    /// <param name="ComesWithSpotter">Whether Spotter brings a pack for it.</param>
    /// <param name="Taught">What a coach teaches here; null for nothing.</param>
    /// <param name="Judges">What the pack that judges rests on; null while none does.</param>
    internal sealed record ExerciseDetails(string Name, string Title, bool ComesWithSpotter, CoachedExercise? Taught, PackReport? Judges);

    /// <summary>A version.</summary>
    /// <param name="Number">Its number; 0 for the pack that comes with Spotter.</param>
    /// <param name="Report">What it rests on.</param>
    /// <param name="Labelled">How it judges each clip that people labelled.</param>
    internal sealed record VersionDetails(int Number, PackReport Report, IReadOnlyList<LabelledResult> Labelled);

    /// <summary>Something that was handed in.</summary>
    /// <param name="Id">Its name.</param>
    internal sealed record TakenJob(string Id);
}
