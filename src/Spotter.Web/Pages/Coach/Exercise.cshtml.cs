using System.Globalization;
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
internal sealed class ExerciseModel(CoachBook book, PackShelf shelf, PackIntake intake, IJobStore jobs, Housekeeping housekeeping, TimeProvider time) : PageModel
{
    private const int Most = 200;
    private const double Left = 12;
    private const double Right = 288;
    private const double Top = 8;
    private const double Bottom = 90;
    private const double HighestRate = 0.6;

    public CoachedExercise Exercise { get; private set; } = null!;

    public IReadOnlyList<PackVersion> Versions { get; private set; } = [];

    public IReadOnlyList<(string Id, string Title, string Line)> Examples { get; private set; } = [];

    /// <summary>Whether something is being learnt right now.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Why the last training made no version; null when it did.</summary>
    public string? Problem { get; private set; }

    /// <summary>For each version that can flag anything, oldest first: where the false-alarm rate lies, drawn.</summary>
    public IReadOnlyList<(string X, string Low, string High, int Number)> Growth { get; private set; } = [];

    /// <summary>Height of a rate in the drawing.</summary>
    public static string Y(double rate) => Number(Bottom - ((Bottom - Top) * Math.Clamp(rate / HighestRate, 0, 1)));

    public async Task<IActionResult> OnGetAsync(string name, CancellationToken cancellationToken)
    {
        if (!ExerciseName.IsValid(name) || book.Find(name) is null)
        {
            return NotFound();
        }

        await intake.TakeAllAsync(cancellationToken);
        (Exercise, Versions) = (book.Find(name)!, book.Versions(name));
        var examples = (await ListAsync(ExampleRequest.Kind, cancellationToken)).Where(job => ExampleRequest.Of(job).Exercise == name).ToList();
        var trainings = (await ListAsync(FitRequest.Kind, cancellationToken)).Where(job => FitRequest.Of(job).Exercise == name).ToList();
        Examples = [.. examples.Select(job => (job.Id, ExampleRequest.Of(job).Title is { Length: > 0 } title ? title : PageTexts.Get("card.untitled"), Describe(job)))];
        IsBusy = examples.Concat(trainings).Any(job => !job.IsOver);
        Problem = trainings.Where(job => job.IsOver).Select(job => FitOutcome.Of(job)?.Problem ?? (job.Problem is { } problem ? ProblemText.Of(problem) : null)).FirstOrDefault();
        Growth =
        [
            .. Versions.Reverse().Where(version => version.CanFlag).Select((version, at) =>
                (Number(Left + ((Right - Left) * at / Math.Max(1, Versions.Count - 1))), Y(version.Low), Y(version.High), version.Number)),
        ];
        return Page();
    }

    public async Task<IActionResult> OnPostTrainAsync(string name, CancellationToken cancellationToken)
    {
        if (book.Find(name) is not null)
        {
            await jobs.EnqueueAsync(CoachApi.Training(name, time.GetUtcNow(), null, book), cancellationToken);
            intake.Expect();
        }

        return Redirect($"/coach/{name}");
    }

    public IActionResult OnPostUse(string name, int version)
    {
        if (book.Versions(name).Any(known => known.Number == version))
        {
            shelf.Use(name, version);
            book.Use(name, version);
        }

        return Redirect($"/coach/{name}");
    }

    public async Task<IActionResult> OnPostRemoveExampleAsync(string name, string? id, CancellationToken cancellationToken)
    {
        if (JobId.IsValid(id) && await jobs.FindAsync(id!, cancellationToken) is { Kind: ExampleRequest.Kind } job && ExampleRequest.Of(job).Exercise == name)
        {
            await housekeeping.DeleteAsync(id!, cancellationToken);
        }

        return Redirect($"/coach/{name}");
    }

    public async Task<IActionResult> OnPostDeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (ExerciseName.IsValid(name) && book.Find(name) is not null)
        {
            var examples = (await ListAsync(ExampleRequest.Kind, cancellationToken)).Where(job => ExampleRequest.Of(job).Exercise == name);
            foreach (var job in examples.Concat((await ListAsync(FitRequest.Kind, cancellationToken)).Where(job => FitRequest.Of(job).Exercise == name)))
            {
                await housekeeping.DeleteAsync(job.Id, cancellationToken);
            }

            book.Remove(name);
            shelf.Remove(name);
        }

        return Redirect("/coach");
    }

    private Task<IReadOnlyList<Job>> ListAsync(string kind, CancellationToken cancellationToken) =>
        jobs.ListAsync(new JobQuery { Kind = kind, Limit = Most }, cancellationToken);

    private static string Describe(Job job) => ExampleOutcome.Of(job) is { } outcome
        ? outcome.View is null
            ? PageTexts.Get("coach.example.nobody")
            : PageTexts.Format("coach.example.line", outcome.Repetitions, Texts.Get("view." + outcome.View))
        : job.Problem is { } problem ? ProblemText.Of(problem)
        : PageTexts.Get(job.State == JobState.Running ? "coach.example.running" : "card.waiting");

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
