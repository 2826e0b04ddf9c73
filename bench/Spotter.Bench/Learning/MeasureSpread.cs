using Spotter.Bench.Mannequins;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Learning;

/// <summary>How much each measure of correct repetitions differs, from the mannequin: from recording to recording of one motion, and between people.</summary>
internal static class MeasureSpread
{
    private const int People = 60;
    private const int Recordings = 6;

    /// <summary>
    /// Deviation of each measure between recordings of one motion (other cameras within the view, other errors of either kind of estimator), and of all correct
    /// repetitions of all people.
    /// </summary>
    public static IReadOnlyDictionary<string, (double Error, double People)> Of(string exercise, View view, int seed)
    {
        var definition = ExerciseDefinition.Load(exercise);
        var vectors = Enumerable.Range(0, People).AsParallel().AsOrdered().Select(person => Record(view, person, seed, definition)).Where(own => own.Count > 1).ToList();
        return MeasureCatalogue.All.Where(measure => measure.Views.Contains(view)).ToDictionary(measure => measure.Name, measure =>
        {
            double[][] values = [.. vectors.Select(own => own.Select(vector => vector[measure.Name]).Where(value => !double.IsNaN(value)).ToArray()).Where(own => own.Length > 1)];
            if (values.Length < 2)
            {
                return (double.NaN, double.NaN);
            }

            var within = values.Average(own => own.Sum(value => Square(value - own.Average())) / (own.Length - 1));
            double[] all = [.. values.SelectMany(own => own)];
            return (Math.Sqrt(within), Math.Sqrt(all.Average(value => Square(value - all.Average()))));
        });
    }

    private static List<MeasureVector> Record(View view, int person, int seed, ExerciseDefinition definition)
    {
        List<MeasureVector> own = [];
        var motion = new MannequinPeople(view, EstimatorNoise.None, seed, definition.Name) { Repetitions = 1 }.Options(person);
        for (var recording = 0; recording < Recordings; recording++)
        {
            // Camera and errors of somebody else.
            var noise = recording % 2 == 0 ? EstimatorNoise.BlazePose : EstimatorNoise.OpenPose;
            var other = new MannequinPeople(view, noise, seed + 1 + recording, definition.Name) { Repetitions = 1 }.Options(person);
            var set = Mannequin.Synthesize(motion with { Camera = other.Camera, Noise = noise, NoiseSeed = other.NoiseSeed });
            var cleaned = SkeletonCleaning.Clean(set.Sequence);
            if (ViewEstimator.Estimate(cleaned) is { } seen && seen.View == view)
            {
                own.Add(MeasureExtractor.Extract(cleaned, set.Repetitions[0], seen, definition));
            }
        }

        return own;
    }

    private static double Square(double value) => value * value;
}
