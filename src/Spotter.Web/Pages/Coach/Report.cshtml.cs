using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Web.Coaching;
using Spotter.Web.Words;
using Spotter.Web.Work;

namespace Spotter.Web.Pages.Coach;

/// <summary>The evaluation of a version of an exercise, beside another one where asked for.</summary>
internal sealed class ReportModel(CoachBook book, PackShelf shelf, LabelledClips labelled) : PageModel
{
    public string Name { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>Whether there is a page on which the exercise is taught.</summary>
    public bool IsTaught { get; private set; }

    /// <summary>Numbers of the versions that there are, newest first.</summary>
    public IReadOnlyList<int> Numbers { get; private set; } = [];

    /// <summary>One version, or two side by side.</summary>
    public IReadOnlyList<Column> Columns { get; private set; } = [];

    /// <summary>The labelled clips that were judged by each version.</summary>
    public IReadOnlyList<LabelledResult> Clips => Columns[0].Labelled;

    /// <summary>What people call a version.</summary>
    public static string TextOf(int number) => number == 0 ? PageTexts.Get("report.version.shipped") : PageTexts.Format("report.version", number);

    public async Task<IActionResult> OnGetAsync(string name, int? version, int? with, CancellationToken cancellationToken)
    {
        if (!ExerciseName.IsValid(name))
        {
            return NotFound();
        }

        var taught = book.Find(name);
        (Name, Title, IsTaught) = (name, taught?.Title ?? ExerciseText.Of(name), taught is not null);
        Numbers = [.. book.Versions(name).Select(known => known.Number).Append(0).Where(number => TaughtTitle.Has(name, number, book, shelf))];
        if (Numbers.Count == 0 || (version is { } asked && !Numbers.Contains(asked)))
        {
            return NotFound();
        }

        var shown = version ?? (taught is { Current: > 0 } && Numbers.Contains(taught.Current) ? taught.Current : Numbers[0]);
        var columns = new List<Column>();
        foreach (var number in with is { } other && other != shown && Numbers.Contains(other) ? [shown, other] : new[] { shown })
        {
            var pack = shelf.Read(name, number);
            columns.Add(new Column(number, shelf.IsOutdated(name, number), PackReport.Of(pack), await labelled.TryAsync(name, pack, cancellationToken)));
        }

        Columns = columns;
        return Page();
    }

    /// <summary>A version.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="IsOutdated">Whether it cannot judge any more.</param>
    /// <param name="Report">What it rests on.</param>
    /// <param name="Labelled">How it judges the clips that people labelled.</param>
    internal sealed record Column(int Number, bool IsOutdated, PackReport Report, IReadOnlyList<LabelledResult> Labelled)
    {
        public (int Flagged, int Judged) Incorrect => Count(isIncorrect: true);

        public (int Flagged, int Judged) Correct => Count(isIncorrect: false);

        private (int Flagged, int Judged) Count(bool isIncorrect) => (
            Labelled.Count(clip => clip.IsIncorrect == isIncorrect && clip.IsFlagged == true), Labelled.Count(clip => clip.IsIncorrect == isIncorrect && clip.IsFlagged is not null));
    }
}
