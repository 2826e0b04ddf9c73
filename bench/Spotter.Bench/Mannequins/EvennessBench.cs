using System.Globalization;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>
/// How evenly people lift who do it correctly: recorded ones and those of the mannequin. Of each repetition's two ways the middle is taken, from 15 to 85 % of the way;
/// quantiles over repetitions.
/// </summary>
internal static class EvennessBench
{
    private const int People = 60;
    private const double Edge = 0.15;
    private const int Stretches = 5;
    private static readonly double[] Quantiles = [0.05, 0.25, 0.5, 0.75, 0.95];

    public static int Run(IReadOnlyList<string> folders)
    {
        Console.WriteLine("| exercise | view | source | repetitions | seconds away | log of seconds back / away | share held | slowest stretch away | slowest stretch back |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var exercise in MannequinExercises.All.Select(exercise => exercise.Name))
        {
            var definition = ExerciseDefinition.Load(exercise);
            foreach (var view in SensitivityBench.Views(exercise))
            {
                foreach (var folder in folders)
                {
                    Print(exercise, view, Path.GetFileName(folder), Recorded(folder, definition, view));
                }

                foreach (var (name, unevenness) in new[] { ("evenly", 0), ("unevenly", 1) })
                {
                    var people = new MannequinPeople(view, EstimatorNoise.OpenPose, 1, exercise) { Unevenness = unevenness };
                    Print(exercise, view, $"mannequin, lifting {name}", Enumerable.Range(0, People).SelectMany(person => people.Repeat(person))
                        .Select(one => Pace.Of(one.Cleaned, one.Repetition, one.View, definition)));
                }
            }
        }

        return 0;
    }

    private static IEnumerable<Pace?> Recorded(string folder, ExerciseDefinition definition, View view)
    {
        IReadOnlyList<RecordedClip> clips;
        try
        {
            clips = DatasetReader.Read(folder, definition.Name);
        }
        catch (Video.VideoFormatException)
        {
            return [];
        }

        return LabelledRepetition.Cut(clips.Where(clip => clip.Correct && !clip.IsNearDuplicate), definition)
            .Where(one => one.View is { } seen && seen.View == view)
            .Select(one => Pace.Of(one.Cleaned, one.Repetition, one.View!.Value, definition));
    }

    private static void Print(string exercise, View view, string source, IEnumerable<Pace?> all)
    {
        Pace[] paces = [.. all.OfType<Pace>()];
        if (paces.Length > 0)
        {
            Console.WriteLine($"| {exercise} | {view.ToString().ToLowerInvariant()} | {source} | {paces.Length} | {Spread(pace => pace.Away)} | {Spread(pace => Math.Log(pace.Back / pace.Away))} | "
                + $"{Spread(pace => pace.Held)} | {Spread(pace => pace.SlowestAway)} | {Spread(pace => pace.SlowestBack)} |");
        }

        string Spread(Func<Pace, double> value)
        {
            double[] values = [.. paces.Select(value).Order()];
            return string.Join(" ", Quantiles.Select(share => values[(int)Math.Round(share * (values.Length - 1))].ToString("0.00", CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>The pace of one repetition.</summary>
    /// <param name="Away">Seconds of the middle of the way to the turning point.</param>
    /// <param name="Back">The same of the way back.</param>
    /// <param name="Held">Share of the repetition beyond 85 % of the way.</param>
    /// <param name="SlowestAway">Progress in the slowest fifth of the middle's time, 1 where it is even.</param>
    /// <param name="SlowestBack">The same of the way back.</param>
    private sealed record Pace(double Away, double Back, double Held, double SlowestAway, double SlowestBack)
    {
        public static Pace? Of(SkeletonSequence cleaned, Repetition repetition, ViewEstimate view, ExerciseDefinition definition)
        {
            if (SetSignal.Read(cleaned, view, definition.Signal) is not { } signal)
            {
                return null;
            }

            var times = cleaned.Timestamps.ToArray();
            var away = Middle(signal[repetition.StartFrame..(repetition.TurningFrame + 1)], times[repetition.StartFrame..(repetition.TurningFrame + 1)]);
            double[] values = [.. signal[repetition.TurningFrame..repetition.EndFrame].Reverse()];
            double[] reversed = [.. times[repetition.TurningFrame..repetition.EndFrame].Reverse().Select(time => -time)];
            var back = Middle(values, reversed);
            if (away is not { } up || back is not { } down)
            {
                return null;
            }

            var whole = times[repetition.EndFrame - 1] - times[repetition.StartFrame];
            return new Pace(up.Until - up.From, down.Until - down.From, (-down.Until - up.Until) / whole, up.Slowest, down.Slowest);
        }

        private static (double From, double Until, double Slowest)? Middle(double[] values, double[] times)
        {
            var (low, high) = (values.Min(), values.Max());
            double[] progress = [.. values.Select(value => (value - low) / (high - low))];
            var until = Array.FindIndex(progress, value => value > 1 - Edge);
            var from = until < 0 ? -1 : Array.FindLastIndex(progress, until, value => value < Edge);
            if (from < 0 || until - from < Stretches)
            {
                return null;
            }

            double At(double time)
            {
                var after = Math.Clamp(Array.FindIndex(times, one => one >= time), 1, times.Length - 1);
                return double.Lerp(progress[after - 1], progress[after], (time - times[after - 1]) / (times[after] - times[after - 1]));
            }

            var length = (times[until] - times[from]) / Stretches;
            var slowest = Enumerable.Range(from, until - from + 1).TakeWhile(frame => times[frame] + length <= times[until] + 1e-9)
                .Min(frame => At(times[frame] + length) - progress[frame]);
            return (times[from], times[until], slowest * Stretches / (1 - (2 * Edge)));
        }
    }
}
