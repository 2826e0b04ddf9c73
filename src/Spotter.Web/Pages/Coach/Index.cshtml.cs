using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Words;
using Spotter.Web.Work;
using Spotter.Words;

namespace Spotter.Web.Pages.Coach;

/// <summary>The exercises that can be judged, making a new one, and the clips that most need a coach's eye.</summary>
internal sealed class IndexModel(CoachBook book, PackShelf shelf, IJobStore jobs) : PageModel
{
    private const int LongestTitle = 60;
    private const int Shown = 8;
    private const int Looked = 200;

    // Where the verdict turns: half of the doubt lies on either side.
    private const double Threshold = 0.1;

    public IReadOnlyList<(CoachedExercise Exercise, PackVersion? Version)> Exercises { get; private set; } = [];

    public IReadOnlyList<(string Name, IReadOnlyList<string> Lines)> Shipped { get; private set; } = [];

    public IReadOnlyList<string> Suggestions { get; private set; } = [];

    public IReadOnlyList<ResultCard> Doubtful { get; private set; } = [];

    public Agreement? Agreement { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var coached = book.Exercises();
        Exercises = [.. coached.Select(exercise => (exercise, book.Versions(exercise.Name).FirstOrDefault(version => version.Number == exercise.Current)))];
        Shipped = [.. shelf.Shipped.Where(name => coached.All(exercise => exercise.Name != name)).Select(name => (name, Report(name)))];
        Suggestions = [.. ExerciseDefinition.Names.Except(shelf.Shipped).Select(ExerciseText.Of)];
        var labels = book.Labels();
        Agreement = Agreement.Of(labels);
        var labelled = labels.Select(label => label.Job).ToHashSet(StringComparer.Ordinal);
        Doubtful =
        [
            .. (await jobs.ListAsync(new JobQuery { Kind = ClipRequest.Kind, State = JobState.Done, Limit = Looked }, cancellationToken))
                .Where(job => !labelled.Contains(job.Id))
                .Select(job => (Job: job, Outcome: ClipOutcome.Of(job)!))
                .Where(set => set.Outcome is { PValue: > 0, Verdict: not Verdict.CannotJudge })
                .OrderBy(set => Math.Abs(Math.Log(set.Outcome.PValue!.Value / Threshold)))
                .Take(Shown)
                .Select(set => ResultCard.Of(set.Job)),
        ];
    }

    public IActionResult OnPost(string? title)
    {
        var plain = new string([.. (title ?? "").Where(letter => !char.IsControl(letter)).Take(LongestTitle)]).Trim();
        if (plain.Length == 0)
        {
            return Redirect("/coach");
        }

        // The name of an exercise that Spotter has words and measures for is kept.
        var name = ExerciseDefinition.Names.FirstOrDefault(known => ExerciseText.Of(known).Equals(plain, StringComparison.OrdinalIgnoreCase)) ?? ExerciseName.Of(plain);
        book.Add(name, plain);
        return Redirect($"/coach/{name}");
    }

    private IReadOnlyList<string> Report(string exercise)
    {
        var pack = shelf.Catalogue.Load(exercise);
        return
        [
            .. from view in pack.Views
               let calibration = new ViewModel(view).Fusion.Calibration
               let trust = calibration.FalseAlarmInterval(pack.FalseAlarmRate)
               select PageTexts.Format("coach.trust-line", Texts.Get("view." + view.View.ToString().ToLowerInvariant()), calibration.Count, calibration.SessionCount, trust.Low, trust.High),
        ];
    }
}
