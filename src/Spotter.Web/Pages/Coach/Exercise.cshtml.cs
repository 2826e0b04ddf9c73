using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Web.Api;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Words;
using Spotter.Web.Work;
using Spotter.Words;

namespace Spotter.Web.Pages.Coach;

/// <summary>One exercise that is taught: its examples, how far it can be trusted, its versions.</summary>
internal sealed class ExerciseModel(
    CoachBook book, PackShelf shelf, PackIntake intake, Trainings trainings, IJobStore jobs, Housekeeping housekeeping, ServeOptions options) : PageModel
{
    public CoachedExercise Exercise { get; private set; } = null!;

    /// <summary>Whether Spotter brings a pack of its own for it, which is version 0.</summary>
    public bool IsShipped { get; private set; }

    public IReadOnlyList<PackVersion> Versions { get; private set; } = [];

    public IReadOnlyList<ExampleCard> Examples { get; private set; } = [];

    /// <summary>Whether something is being learnt right now.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Why the last training made no version; null when it did.</summary>
    public string? Problem { get; private set; }

    public TrustGrowth Growth { get; private set; } = null!;

    /// <summary>Whether the version that was chosen cannot judge since Spotter was upgraded.</summary>
    public bool IsOutdated => shelf.IsOutdated(Exercise.Name);

    /// <summary>How to stand for it.</summary>
    public Stand Stand => Stand.Of(Exercise.Name, shelf.Catalogue);

    public long MaxBytes => options.MaxClipBytes;

    public double MaxSeconds => options.MaxClipSeconds;

    /// <summary>How many examples there are, of how many.</summary>
    public string Count => Examples.Count < PackVersion.SessionsEnough
        ? PageTexts.Format("coach.examples.count", Examples.Count, PackVersion.SessionsEnough)
        : PageTexts.Format("coach.examples.count.most", Examples.Count, ExampleApi.Most);

    /// <summary>Whether a version judges now; 0 is the one that comes with Spotter.</summary>
    public bool Judges(int version) => version == (IsOutdated ? 0 : Exercise.Current);

    /// <summary>Whether a version can be chosen.</summary>
    public bool CanJudge(int version) => !shelf.IsOutdated(Exercise.Name, version);

    public async Task<IActionResult> OnGetAsync(string name, CancellationToken cancellationToken)
    {
        if (!ExerciseName.IsValid(name) || book.Find(name) is null)
        {
            return NotFound();
        }

        IsBusy = await intake.TakeAllAsync(cancellationToken);
        (Exercise, Versions) = (book.Find(name)!, book.Versions(name));
        IsShipped = shelf.Shipped.Contains(name, StringComparer.Ordinal);
        Examples = [.. (await ExampleApi.FindAsync(name, jobs, book, cancellationToken)).Select(ExampleCard.Of)];
        Growth = new TrustGrowth(Versions);
        await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = FitRequest.Kind }, cancellationToken))
        {
            if (job.IsOver && FitRequest.Of(job) is var request && request.Exercise == name && book.Owns(request.Server))
            {
                Problem = FitOutcome.Of(job)?.Problem ?? (job.Problem is { } problem ? ProblemText.Of(problem) : null);
                break;
            }
        }

        return Page();
    }

    public async Task<IActionResult> OnPostTrainAsync(string name, CancellationToken cancellationToken)
    {
        if (book.Find(name) is not null)
        {
            await trainings.HandInAsync(name, cancellationToken);
            intake.Expect();
        }

        return Redirect($"/coach/{name}");
    }

    public async Task<IActionResult> OnPostUseAsync(string name, int version, CancellationToken cancellationToken)
    {
        await intake.UseAsync(name, version, cancellationToken);
        return Redirect($"/coach/{name}");
    }

    public async Task<IActionResult> OnPostRemoveExampleAsync(string name, string? id, CancellationToken cancellationToken)
    {
        await ExampleApi.RemoveAsync(name, id, jobs, book, housekeeping, intake, cancellationToken);
        return Redirect($"/coach/{name}");
    }

    public async Task<IActionResult> OnPostDeleteAsync(string name, CancellationToken cancellationToken)
    {
        await intake.RemoveAsync(name, cancellationToken);
        return Redirect("/coach");
    }
}

/// <summary>An example in the list.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Line">What was found in it, or where it stands.</param>
/// <param name="HasPicture">Whether there is a picture of it.</param>
internal sealed record ExampleCard(string Id, string Title, string Line, bool HasPicture)
{
    public static ExampleCard Of(Job job)
    {
        var outcome = ExampleOutcome.Of(job);
        var line = outcome switch
        {
            { View: { } view } => PageTexts.Format("coach.example.line", outcome.Repetitions, Texts.Get("view." + view)),
            { } => PageTexts.Get("coach.example.nobody"),
            _ => job.State switch
            {
                JobState.Running => PageTexts.Get("coach.example.running"),
                JobState.Waiting => PageTexts.Get("card.waiting"),
                _ => job.Problem is { } problem ? ProblemText.Of(problem) : PageTexts.Get("card.cancelled"),
            },
        };
        return new ExampleCard(job.Id, ExampleRequest.Of(job).Title is { Length: > 0 } title ? title : PageTexts.Get("card.untitled"), line, outcome is not null);
    }
}
