using Spotter.Exercises;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Training.Mannequins;

/// <summary>Correct repetitions of the mannequin, as an estimator reports them.</summary>
internal static class CorrectMannequins
{
    /// <summary>Draws people who do an exercise correctly before a camera that sees them from a view, without end; each does one repetition.</summary>
    /// <param name="definition">An exercise that the mannequin knows.</param>
    /// <param name="view">The camera's view; what is estimated from the keypoints may differ.</param>
    /// <param name="seed">The same seed gives the same people in the same order.</param>
    public static IEnumerable<(MannequinSequence Set, SkeletonSequence Cleaned)> SeenFrom(ExerciseDefinition definition, View view, int seed)
    {
        var sampler = new MannequinSampler(seed, MannequinExercises.Find(definition.Name)!) { CorrectShare = 1 };
        while (true)
        {
            var options = sampler.Next();
            if (options.Camera.View == view)
            {
                var set = Mannequin.Synthesize(options);
                yield return (set, SkeletonCleaning.Clean(set.Sequence));
            }
        }
    }
}
