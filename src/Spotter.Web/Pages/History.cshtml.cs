using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.Web.Jobs;
using Spotter.Web.Words;
using Spotter.Web.Work;
using Spotter.Words;

namespace Spotter.Web.Pages;

/// <summary>How a person's measures and verdicts develop, for one exercise seen from one direction.</summary>
internal sealed class HistoryModel(SetHistory history, PackCatalogue packs) : PageModel
{
    private const int PageLength = 24;
    private const int MostSets = 120;

    public IReadOnlyList<string> Exercises { get; private set; } = [];

    public IReadOnlyList<string> People { get; private set; } = [];

    public IReadOnlyList<View> Views { get; private set; } = [];

    public string? Exercise { get; private set; }

    public string? Person { get; private set; }

    public View? From { get; private set; }

    /// <summary>Whether the reader chose what is listed.</summary>
    public bool IsFiltered { get; private set; }

    public IReadOnlyList<Trend> Trends { get; private set; } = [];

    /// <summary>The measures that are looked at without being judged.</summary>
    public IReadOnlyList<Trend> Others { get; private set; } = [];

    public IReadOnlyList<ResultCard> Cards { get; private set; } = [];

    /// <summary>Address of the next page of results; null at the end.</summary>
    public string? Older { get; private set; }

    /// <summary>What a direction is called.</summary>
    public static string TextOf(View view) => Texts.Get("view." + view.ToString().ToLowerInvariant());

    public async Task OnGetAsync(string? exercise, string? person, View? view, string? after, CancellationToken cancellationToken)
    {
        var sets = await history.ListAsync(null, cancellationToken);
        var judged = sets.Where(set => set.IsJudged).ToList();
        Exercises = [.. judged.Select(set => set.Outcome!.Exercise!).Distinct(StringComparer.Ordinal)];
        People = [.. judged.Select(set => set.Person).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCulture)];
        IsFiltered = Exercises.Contains(exercise, StringComparer.Ordinal);
        Exercise = IsFiltered ? exercise : Exercises.Count > 0 ? Exercises[0] : null;
        Person = People.Contains(person, StringComparer.Ordinal) ? person : null;
        var ofExercise = judged.Where(set => set.Is(Person, Exercise, null)).ToList();
        Views = [.. ofExercise.Select(set => set.Outcome!.View).OfType<View>().Distinct()];
        // Measures from the front and from the side are not the same measures.
        From = view is { } asked && Views.Contains(asked) ? asked : Views.Count == 0 ? null : Views.MaxBy(known => ofExercise.Count(set => set.Outcome!.View == known));
        var drawn = ofExercise.Where(set => set.Is(null, null, From)).Take(MostSets).Reverse().ToList();
        if (drawn.Count > 1)
        {
            await DrawAsync(drawn, cancellationToken);
        }

        List(sets, JobId.IsValid(after) ? after : null, view);
    }

    private void List(IReadOnlyList<HistorySet> sets, string? after, View? view)
    {
        var listed = (after is null ? sets : sets.SkipWhile(set => set.Job.Id != after).Skip(1))
            .Where(set => !IsFiltered || set.Is(Person, Exercise, view is null ? null : From)).Take(PageLength + 1).ToList();
        Cards = [.. listed.Take(PageLength).Select(set => ResultCard.Of(set.Job) with { Person = set.Person })];
        if (listed.Count > PageLength)
        {
            var next = new Dictionary<string, string?>(StringComparer.Ordinal) { ["after"] = listed[PageLength - 1].Job.Id };
            if (IsFiltered)
            {
                (next["exercise"], next["person"], next["view"]) = (Exercise, Person, view is null ? null : From?.ToString().ToLowerInvariant());
            }

            Older = Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/history", next) + "#sets";
        }
    }

    private async Task DrawAsync(List<HistorySet> sets, CancellationToken cancellationToken)
    {
        var share = sets.Select(set => new TrendPoint(
            set.Job.CreatedAt, 1 - ((double)set.Outcome!.Incorrect / Math.Max(1, set.Outcome.Repetitions)), set.Job.Id, IsGood(set))).ToList();
        var (judged, others) = (Judged(), new List<Trend>());
        var trends = new List<Trend> { new(PageTexts.Get("history.good-share"), share, 0, 1, value => Amounts.Text("fraction", value)) };
        var measured = (await history.MeasuresAsync(sets, cancellationToken)).SelectMany((measures, at) => measures.Select(measure => (Set: sets[at], Measure: measure)));
        foreach (var group in measured.Where(entry => !double.IsNaN(entry.Measure.Typical)).GroupBy(entry => entry.Measure.Measure).Where(group => group.Count() > 1))
        {
            var latest = group.Last().Measure;
            var faulty = MeasureCatalogue.Find(group.Key)?.Faulty ?? FaultyValues.Both;
            (judged.Contains(group.Key) ? trends : others).Add(new Trend(
                Texts.Find("measure." + group.Key) ?? group.Key,
                [.. group.Select(entry => new TrendPoint(entry.Set.Job.CreatedAt, entry.Measure.Typical, entry.Set.Job.Id, IsGood(entry.Set)))],
                faulty == FaultyValues.High ? null : latest.Low,
                faulty == FaultyValues.Low ? null : latest.High,
                value => Amounts.Text(latest.Unit, value)));
        }

        (Trends, Others) = (trends, others);
    }

    // Where the pack is gone, all are shown.
    private HashSet<string> Judged() => Exercise is { } exercise && From is { } view && packs.Names.Contains(exercise, StringComparer.Ordinal)
        ? [.. packs.Load(exercise).Find(view)?.MeasureNames ?? []]
        : [.. MeasureCatalogue.All.Select(measure => measure.Name)];

    private static bool IsGood(HistorySet set) => set.Outcome!.Verdict == Scoring.Verdict.Correct;
}
