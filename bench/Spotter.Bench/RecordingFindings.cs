using System.Text;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Explanation;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.StGcn;

namespace Spotter.Bench;

/// <summary>
/// A page of what Spotter says about labelled recordings: a line for each, with a picture of what it says most often beside the band of the correct repetitions. Each
/// recording is judged by a pack that has not seen its session.
/// </summary>
internal static class RecordingFindings
{
    /// <param name="folders">Folders of labelled recordings, see <see cref="DatasetReader"/>.</param>
    /// <param name="exercise">The exercise.</param>
    /// <param name="backbone">The feature network.</param>
    /// <param name="page">The page to write; its plots go into a folder of its name beside it.</param>
    public static int Run(IReadOnlyList<string> folders, string exercise, string backbone, string page)
    {
        var definition = ExerciseDefinition.Load(exercise);
        using var encoder = StGcnEncoder.Load(backbone);
        LabelledRepetition[] all =
        [
            .. LabelledRepetition.Cut(folders.SelectMany(folder => DatasetReader.Read(folder, exercise)).Where(clip => !clip.IsNearDuplicate), definition)
                .Where(one => one.View is { } view && definition.Measures.ContainsKey(view.View)),
        ];
        var pictures = Path.ChangeExtension(page, null);
        Directory.CreateDirectory(pictures);
        var table = new StringBuilder();
        var (correctOnes, correctFlagged, correctSaid) = (0, 0, 0);
        foreach (var session in all.GroupBy(one => one.Session).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            LabelledRepetition[] learnt = [.. all.Where(one => one.Correct && one.Session != session.Key)];
            var pack = PackFitting.Fit(
                definition, [.. learnt.Select(one => new CorrectRepetition(one.Cleaned, one.Repetition, one.View!.Value, "", one.Session))], encoder, new Backbone("", "", ""), "", "");
            foreach (var recording in session.GroupBy(one => one.Clip.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                (LabelledRepetition Labelled, RepetitionReport Report)[] judged = [.. recording.Where(one => pack.Find(one.View!.Value.View) is not null).Select(one => (one, Explain(pack, encoder, one)))];
                if (recording.First().Correct)
                {
                    correctOnes += judged.Length;
                    correctFlagged += judged.Count(one => one.Report.Verdict == Verdict.Incorrect);
                    correctSaid += judged.Count(one => one.Report.Findings.Count > 0);
                    continue;
                }

                var name = Path.GetFileNameWithoutExtension(recording.Key);
                var plot = BandPlot.Draw(recording.Key, [.. judged.Select(one => one.Labelled)], learnt, judged.SelectMany(one => one.Report.Findings), definition);
                if (plot is not null)
                {
                    AtomicFile.WriteAllText(Path.Combine(pictures, name + ".svg"), plot);
                }

                var link = plot is null ? "" : $"[plot]({Path.GetFileName(pictures)}/{name}.svg)";
                table.AppendLine(Invariant($"| {name} | {judged.Count(one => one.Report.Verdict == Verdict.Incorrect)} of {judged.Length} | {Said(judged.Select(one => one.Report))} | {link} |"));
            }
        }

        AtomicFile.WriteAllText(page, Invariant($"""
            # What is said of the incorrect recordings: {exercise}, {string.Join(" and ", folders.Select(Path.GetFileName))}

                dotnet run -c Release --project bench/Spotter.Bench -- findings {string.Join(',', folders.Select(folder => "DATA/" + Path.GetFileName(folder)))} {exercise} {backbone} PAGE

            How to read it: [explanation.md](../explanation.md#on-recordings). Correct repetitions: {correctOnes}, judged incorrect {correctFlagged}, with a finding or remark {correctSaid}.

            | recording | repetitions judged incorrect | findings (in how many repetitions, mean share explained) | plot |
            |---|---|---|---|
            {table}
            """));
        Console.WriteLine(page);
        return 0;

        RepetitionReport Explain(ExercisePack pack, StGcnEncoder network, LabelledRepetition one)
        {
            var judge = new RepetitionJudge(pack, one.View!.Value, network, Method.Fused);
            return Findings.Report(judge, judge.Judge(one.Cleaned, one.Repetition), definition, 1);
        }
    }

    private static string Said(IEnumerable<RepetitionReport> reports) => string.Join("; ", reports
        .Where(report => report.Verdict == Verdict.Incorrect)
        .SelectMany(report => report.Findings)
        .GroupBy(finding => (finding.Measure, Low: finding.Value < finding.Expected[0]))
        .OrderByDescending(group => group.Count()).Take(4)
        .Select(group => Invariant(
            $"{group.Key.Measure} {(group.Key.Measure == "path-distance" ? "" : group.Key.Low ? "too low " : "too high ")}({group.Count()}, {group.Average(finding => finding.Contribution):0.00})")));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
