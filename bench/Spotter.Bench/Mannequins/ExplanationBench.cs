using System.Globalization;
using Spotter.Exercises;
using Spotter.Explanation;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>
/// How often findings name what is wrong: on repetitions of the mannequin with one known fault, the kind, the joint and the time of the findings against the
/// truth, and how often correct repetitions get a finding. Judged with a pack fitted on other people of the mannequin.
/// </summary>
internal static class ExplanationBench
{
    private const int TrainingPeople = 40;
    private const int CorrectPeople = 60;
    private const double Wanted = 0.9;

    private static readonly double[] Severities = [1, 2, 3];

    /// <summary>The faults that a press can have.</summary>
    internal static IReadOnlyList<FaultScale> PressFaults { get; } = [.. MannequinExercises.ShoulderPress.FaultScales];

    public static int Run(string backbone, MannequinExercise exercise, int seed, int people)
    {
        var definition = ExerciseDefinition.Load(exercise.Name);
        using var encoder = StGcnEncoder.Load(backbone);
        Console.WriteLine("| view | fault | size | flagged (at 5 %) | kind and joint first | in the first three | joint first | overlap in time | findings each | correct again: blamed part, another | first findings |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        List<ExplainedFault> reached = [], strictly = [], shown = [];
        foreach (var view in definition.Measures.Keys.Order())
        {
            var pack = new SensitivityStudy(view, encoder, TrainingPeople, seed, exercise.Name).Pack;
            var test = new MannequinPeople(view, EstimatorNoise.BlazePose, seed + 1, exercise.Name);
            WriteCorrect(view, Explain(pack, encoder, exercise, test, CorrectPeople, null));
            foreach (var (scale, side) in Faults(exercise, view))
            {
                List<ExplainedFault>? first = null, firstStrict = null;
                foreach (var size in Severities.Select(scale.SizeAt).Distinct())
                {
                    var explained = Explain(pack, encoder, exercise, test, people, person => new Fault(scale.Kind, size, side ?? SideOf(scale.Kind, person)));
                    Write(view, $"{scale.Name}{(side is { } one ? ":" + one.ToString().ToLowerInvariant() : exercise.MeasuresOf(scale.Kind, view).Count > 0 ? "" : " (not shown)")}", size, explained);
                    shown.AddRange(exercise.MeasuresOf(scale.Kind, view).Count > 0 ? explained : []);
                    first ??= IsReached(explained, one => one.IsFlagged) ? explained : null;
                    firstStrict ??= IsReached(explained, one => one.IsFlaggedStrictly) ? explained : null;
                }

                if (exercise.MeasuresOf(scale.Kind, view).Count > 0)
                {
                    reached.AddRange(first ?? []);
                    strictly.AddRange(firstStrict ?? []);
                }
            }
        }

        Write(null, "of any size", 0, shown);
        Write(null, "of the size that is found", 0, reached);
        Write(null, "of the size that is found at 5 %", 0, [.. strictly.Where(one => one.IsFlaggedStrictly)]);
        return 0;

        static bool IsReached(List<ExplainedFault> all, Func<ExplainedFault, bool> isFlagged) => all.Count > 0 && all.Count(isFlagged) >= Wanted * all.Count;
    }

    // Each kind as the view meets it, and where both arms are seen also in the left arm alone. What no measure of the view shows only the network can find.
    private static IEnumerable<(FaultScale Scale, Side? Side)> Faults(MannequinExercise exercise, View view) =>
    [
        .. exercise.FaultScales.Select(scale => (scale, (Side?)null)),
        .. exercise.FaultScales.Where(scale => view == View.Front && scale.Sided && exercise.MeasuresOf(scale.Kind, view).Count > 0 && scale.Kind is not (FaultKind.Asymmetry or FaultKind.LateSide))
            .Select(scale => (scale, (Side?)Side.Left)),
    ];

    private static void WriteCorrect(View view, List<ExplainedFault> correct)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{view}: {correct.Count} correct repetitions; judged incorrect {Share(one => one.IsFlagged):0.000} at 10 %, {Share(one => one.IsFlaggedStrictly):0.000} at 5 %; remarks on {Share(one => !one.IsFlagged && one.Report.Findings.Count > 0):0.000}"));
        Console.Error.WriteLine("  " + Said(correct.Where(one => one.IsFlagged)));

        double Share(Func<ExplainedFault, bool> isSo) => correct.Count(isSo) / (double)correct.Count;
    }

    /// <summary>Whether any measure that a view shows is about a kind of fault.</summary>
    internal static bool IsShown(string kind, View view) =>
        MeasureCatalogue.All.Any(measure => (measure.FaultBelow == kind || measure.FaultAbove == kind) && measure.Views.Contains(view));

    private static Side? SideOf(FaultKind kind, int person) =>
        kind is FaultKind.Asymmetry or FaultKind.LateSide ? person % 2 == 0 ? Side.Right : Side.Left : null;

    private static List<ExplainedFault> Explain(ExercisePack pack, StGcnEncoder encoder, MannequinExercise exercise, MannequinPeople test, int people, Func<int, Fault>? fault) =>
    [
        .. Enumerable.Range(0, people).AsParallel().AsOrdered()
            .SelectMany(person => fault is null ? test.Repeat(person) : test.Repeat(person, fault(person)))
            .Select(repetition =>
            {
                var judge = new RepetitionJudge(pack, repetition.View, encoder, Method.Fused);
                var report = Findings.Report(judge, judge.Judge(repetition.Cleaned, repetition.Repetition), pack.Definition, 1);
                var explained = new ExplainedFault(exercise, repetition, report);
                return fault is null || !explained.IsFlagged ? explained : explained with { Restored = Restore(judge, test, explained) };
            }),
    ];

    /// <summary>
    /// Whether the repetition is correct again when the part of the body that the first finding blames moves as in the same person's correct repetition, and the
    /// share of the other parts of which the same can be said. Null where that repetition is not found, or itself judged incorrect, and for faults of timing, which no
    /// path puts right.
    /// </summary>
    private static (bool Blamed, double Others)? Restore(RepetitionJudge judge, MannequinPeople people, ExplainedFault explained)
    {
        var repetition = explained.Repetition;
        if (people.Repeat(repetition.Person).FirstOrDefault(other => other.Index == repetition.Index) is not { } correct
            || explained.Truth.Fault.Kind is FaultKind.Rush or FaultKind.LateSide
            || !Skeleton.TryParse(explained.Report.Findings[0].Joint, out var joint)
            || Grade(correct.Cleaned, correct.Repetition) != Verdict.Correct)
        {
            return null;
        }

        // A fault of both arms is put right in both.
        var part = PartExchange.PartOf(joint);
        var blamed = part is MovingPart.RightArm or MovingPart.LeftArm && explained.Truth.Fault.Side is null
            ? (MovingPart[])[MovingPart.RightArm, MovingPart.LeftArm]
            : [part];
        var exchange = new PartExchange(repetition, correct);
        return (IsCorrect(blamed), Enum.GetValues<MovingPart>().Except(blamed).Average(other => IsCorrect([other]) ? 1.0 : 0.0));

        bool IsCorrect(MovingPart[] parts) => Grade(exchange.Exchange(parts), repetition.Repetition) == Verdict.Correct;

        Verdict Grade(SkeletonSequence skeleton, Repetition frames) => judge.Grade(judge.Judge(skeleton, frames).Score.PValue(judge.Method)).Verdict;
    }

    private static void Write(View? view, string what, double size, List<ExplainedFault> all)
    {
        ExplainedFault[] flagged = [.. all.Where(one => one.IsFlagged)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {view?.ToString().ToLowerInvariant() ?? "all"} | {what} | {size:0.##} | {flagged.Length} of {all.Count} ({all.Count(one => one.IsFlaggedStrictly)}) | {Share(one => one.IsRight(0)):0.00} | {Share(one => one.IsRight(0, 3)):0.00} | {Share(one => one.HasJoint(0)):0.00} | {flagged.Where(one => one.IsRight(0, 3) || one.HasJoint(0)).Select(one => one.Overlap).DefaultIfEmpty().Average():0.00} | {flagged.Select(one => one.Report.Findings.Count).DefaultIfEmpty().Average():0.0} | {Faithful(flagged)} | {Said(flagged)} |"));

        double Share(Func<ExplainedFault, bool> isSo) => flagged.Length == 0 ? double.NaN : flagged.Count(isSo) / (double)flagged.Length;
    }

    private static string Faithful(ExplainedFault[] flagged)
    {
        (bool Blamed, double Others)[] restored = [.. flagged.Where(one => one.Restored is not null).Select(one => one.Restored!.Value)];
        return restored.Length == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{restored.Average(one => one.Blamed ? 1.0 : 0.0):0.00}, {restored.Average(one => one.Others):0.00}");
    }

    private static string Said(IEnumerable<ExplainedFault> flagged) => string.Join(", ", flagged
        .SelectMany(one => one.Report.Findings.Take(1)).GroupBy(finding => finding.Measure).OrderByDescending(group => group.Count())
        .Take(4).Select(group => $"{group.Key} {group.Count()}"));
}
