using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Exercises;
using Spotter.Web.Api;
using Spotter.Web.Coaching;
using Spotter.Web.Words;
using Spotter.Web.Work;
using Spotter.Words;

namespace Spotter.Web.Pages.Coach;

/// <summary>The exercises that can be judged, making a new one, and the clips that most need a coach's eye.</summary>
internal sealed class IndexModel(CoachBook book, PackShelf shelf, DoubtfulClips doubtful) : PageModel
{
    private const int Shown = 8;

    public IReadOnlyList<(CoachedExercise Exercise, PackVersion? Version, bool IsShipped, bool IsOutdated)> Exercises { get; private set; } = [];

    public IReadOnlyList<(string Name, IReadOnlyList<string> Lines)> Shipped { get; private set; } = [];

    public IReadOnlyList<string> Suggestions { get; private set; } = [];

    /// <summary>The results where a label helps most, and who labelled them already.</summary>
    public IReadOnlyList<(ResultCard Card, IReadOnlyList<string> Raters)> Doubtful { get; private set; } = [];

    public IReadOnlyList<Agreement> Agreements { get; private set; } = [];

    /// <summary>Name of an exercise that comes with Spotter and that somebody wants to teach; null for none.</summary>
    public string? Known { get; private set; }

    /// <summary>Who labels; null for anybody.</summary>
    public string? Rater { get; private set; }

    public async Task OnGetAsync(string? known, string? rater, CancellationToken cancellationToken)
    {
        var coached = book.Exercises();
        Exercises =
        [
            .. coached.Select(exercise => (
                exercise, book.Versions(exercise.Name).FirstOrDefault(version => version.Number == exercise.Current), shelf.Shipped.Contains(exercise.Name, StringComparer.Ordinal), shelf.IsOutdated(exercise.Name))),
        ];
        Shipped = [.. shelf.Shipped.Where(name => coached.All(exercise => exercise.Name != name)).Select(name => (name, Report(name)))];
        Suggestions = [.. ExerciseDefinition.Names.Except(shelf.Shipped).Select(ExerciseText.Of)];
        Known = Shipped.Any(pack => pack.Name == known) ? known : null;
        Agreements = Agreement.Of(book.Labels());
        Rater = PersonName.Clean(rater);
        Doubtful = [.. (await doubtful.FindAsync(Rater, Shown, cancellationToken)).Select(found => (ResultCard.Of(found.Job), found.Raters))];
    }

    public IActionResult OnPost(string? title, bool more)
    {
        if (TaughtTitle.Clean(title) is not { } plain)
        {
            return Redirect("/coach");
        }

        var name = TaughtTitle.NameOf(plain);
        var isShipped = shelf.Shipped.Contains(name, StringComparer.Ordinal);
        if (isShipped && !more && book.Find(name) is null)
        {
            return Redirect($"/coach?known={name}#known");
        }

        book.Add(name, plain, follows: !isShipped);
        return Redirect($"/coach/{name}");
    }

    private IReadOnlyList<string> Report(string exercise) =>
    [
        .. from view in PackReport.Of(shelf.Read(exercise, 0)).Views
           select view.CanFlag
               ? PageTexts.Format("coach.trust-line", Texts.Get("view." + view.View), view.Repetitions, view.Sessions, view.Low, view.High)
               : PageTexts.Format("coach.trust-line.too-few", Texts.Get("view." + view.View), view.Repetitions, view.Sessions),
    ];
}
