using System.Globalization;
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
/// What Spotter says about labelled recordings, one line for each, and a picture of what it says most often beside the band of the correct repetitions. Each
/// recording is judged by a pack that has not seen its session.
/// </summary>
internal static class RecordingFindings
{
    private const int Plots = 40;

    public static int Run(string folder, string exercise, string backbone, string pictures)
    {
        var definition = ExerciseDefinition.Load(exercise);
        using var encoder = StGcnEncoder.Load(backbone);
        LabelledRepetition[] all = [.. LabelledRepetition.Cut(DatasetReader.Read(folder, exercise).Where(clip => !clip.IsNearDuplicate), definition).Where(one => one.View is not null)];
        Directory.CreateDirectory(pictures);
        Console.WriteLine("| recording | repetitions judged incorrect | findings (in how many repetitions, mean share explained) |");
        Console.WriteLine("|---|---|---|");
        var drawn = 0;
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

                Console.WriteLine($"| {Path.GetFileNameWithoutExtension(recording.Key)} | {judged.Count(one => one.Report.Verdict == Verdict.Incorrect)} of {judged.Length} | {Said(judged.Select(one => one.Report))} |");
                if (drawn < Plots && judged.Length > 0 && BandPlot.Draw(recording.Key, [.. judged.Select(one => one.Labelled)], learnt, judged.SelectMany(one => one.Report.Findings), definition) is { } plot)
                {
                    drawn++;
                    AtomicFile.WriteAllText(Path.Combine(pictures, $"findings-{Path.GetFileNameWithoutExtension(recording.Key)}.svg"), plot);
                }
            }
        }

        Console.WriteLine($"\nCorrect repetitions: {correctOnes}, judged incorrect {correctFlagged}, with a finding or remark {correctSaid}.");
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
        .Select(group => string.Create(CultureInfo.InvariantCulture,
            $"{group.Key.Measure} {(group.Key.Measure == "path-distance" ? "" : group.Key.Low ? "too low " : "too high ")}({group.Count()}, {group.Average(finding => finding.Contribution):0.00})")));
}
