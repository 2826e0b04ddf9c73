using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web.Api;

/// <summary>What people say about clips, and how people develop, over HTTP.</summary>
internal static class LabelApi
{
    private const int MostDoubtful = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var labels = routes.MapGroup("/api").WithTags("Labels and history").ProducesProblem(StatusCodes.Status401Unauthorized);
        labels.MapGet("/clips/{id}/labels", LabelsAsync).WithName("listLabels").ProducesProblem(StatusCodes.Status404NotFound);
        labels.MapPut("/clips/{id}/labels/{rater}", LabelAsync).WithName("labelClip").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        labels.MapDelete("/clips/{id}/labels/{rater}", UnlabelAsync).WithName("deleteLabel").ProducesProblem(StatusCodes.Status404NotFound);
        labels.MapPut("/clips/{id}/person", NameAsync).WithName("namePerson").ProducesProblem(StatusCodes.Status404NotFound);
        labels.MapGet("/agreement", (CoachBook book) => TypedResults.Ok(Agreement.Of(book.Labels()))).WithName("agreement");
        labels.MapGet("/doubtful", DoubtfulAsync).WithName("listDoubtful");
        labels.MapGet("/history", HistoryAsync).WithName("history");
    }

    private static async Task<Results<Ok<IReadOnlyList<ClipLabel>>, NotFound>> LabelsAsync(string id, CoachBook book, IJobStore jobs, CancellationToken cancellationToken) =>
        await ClipApi.FindAsync(id, jobs, cancellationToken) is null ? TypedResults.NotFound() : TypedResults.Ok(book.Labels(id));

    private static async Task<Results<NoContent, NotFound>> LabelAsync(
        string id,
        string rater,
        string value,
        string? note,
        CoachBook book,
        IJobStore jobs,
        CancellationToken cancellationToken)
    {
        if (await ClipApi.FindAsync(id, jobs, cancellationToken) is null)
        {
            return TypedResults.NotFound();
        }

        // Numbers, which Enum.Parse takes as well, mean nothing to people.
        if (!Enum.GetNames<SetLabel>().Contains(value, StringComparer.OrdinalIgnoreCase) || PersonName.Clean(rater) is not { } who)
        {
            throw new UploadException(StatusCodes.Status400BadRequest, "bad-label");
        }

        book.Label(new ClipLabel(id, who, Enum.Parse<SetLabel>(value, ignoreCase: true), NoteText.Clean(note)));
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, NotFound>> UnlabelAsync(string id, string rater, CoachBook book, IJobStore jobs, CancellationToken cancellationToken) =>
        await ClipApi.FindAsync(id, jobs, cancellationToken) is not null && book.Unlabel(id, rater) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> NameAsync(
        string id, string? name, CoachBook book, IJobStore jobs, CancellationToken cancellationToken)
    {
        if (await ClipApi.FindAsync(id, jobs, cancellationToken) is null)
        {
            return TypedResults.NotFound();
        }

        book.Name(id, PersonName.Clean(name) ?? "");
        return TypedResults.NoContent();
    }

    private static async Task<Ok<IReadOnlyList<DoubtfulAnswer>>> DoubtfulAsync(
        DoubtfulClips doubtful,
        string? rater,
        int? limit,
        CancellationToken cancellationToken) => TypedResults.Ok<IReadOnlyList<DoubtfulAnswer>>(
    [
        .. (await doubtful.FindAsync(PersonName.Clean(rater), Math.Clamp(limit ?? MostDoubtful, 1, MostDoubtful), cancellationToken))
            .Select(found => new DoubtfulAnswer(ClipStatus.Of(found.Job, 0), found.Raters)),
    ]);

    private static async Task<Ok<IReadOnlyList<HistoryAnswer>>> HistoryAsync(
        SetHistory history,
        string? person,
        string? exercise,
        string? view,
        string? after,
        int? limit,
        CancellationToken cancellationToken)
    {
        View? from = null;
        if (view is not null)
        {
            from = Enum.TryParse<View>(view, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : throw new BadHttpRequestException("There is no such view.");
        }

        HistorySet[] sets =
        [
            .. (await history.ListAsync(JobId.IsValid(after) ? after : null, cancellationToken))
                .Where(set => set.IsJudged && set.Is(PersonName.Clean(person), exercise, from)).Take(Math.Clamp(limit ?? 50, 1, 100)),
        ];
        var measures = await history.MeasuresAsync(sets, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<HistoryAnswer>>([.. sets.Select((set, at) => Answer(set, measures[at]))]);
    }

    private static HistoryAnswer Answer(HistorySet set, IReadOnlyList<MeasuredSet> measures)
    {
        var outcome = set.Outcome!;
        return new HistoryAnswer(
            set.Job.Id, set.Job.CreatedAt, set.Person, outcome.Exercise!, outcome.View, outcome.Verdict, outcome.Repetitions, outcome.Incorrect,
            [.. measures.Select(measure => new HistoryMeasure(measure.Measure, measure.Unit, double.IsNaN(measure.Typical) ? null : measure.Typical, measure.Low, measure.High))]);
    }

    /// <summary>A result that wants a label.</summary>
    /// <param name="Clip">Where it stands.</param>
    /// <param name="Raters">Who labelled it already.</param>
    internal sealed record DoubtfulAnswer(ClipStatus Clip, IReadOnlyList<string> Raters);

    /// <summary>A judged set.</summary>
    internal sealed record HistoryAnswer(
        string Id, DateTimeOffset CreatedAt, string? Person, string Exercise, View? View, Verdict Verdict, int Repetitions, int Incorrect, IReadOnlyList<HistoryMeasure> Measures);

    /// <summary>The middle value of a measure over the repetitions of a set, and where good repetitions lie.</summary>
    internal sealed record HistoryMeasure(string Measure, string Unit, double? Value, double Low, double High);
}
