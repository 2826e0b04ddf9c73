using Spotter.Exercises;
using Spotter.Explanation;
using Spotter.Measures;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>Learns what each fault does to the measures: the same people of the mannequin with and without it. Prints the document that Spotter ships.</summary>
internal static class SignatureBench
{
    private const int CorrectPeople = 150;
    private const int FaultyPeople = 24;
    private const string Rocking = "trunk-rocking-degrees";

    // Small and large faults do not quite do the same.
    private static readonly double[] Severities = [1, 2.2];

    public static int Run(MannequinExercise exercise, int seed)
    {
        var definition = ExerciseDefinition.Load(exercise.Name);
        var signatures = new FaultSignatures
        {
            Exercise = exercise.Name,
            Views = [.. definition.Measures.Keys.Order().Select(view => Learn(exercise, definition, view, seed))],
        };
        Console.WriteLine(signatures.ToJson());
        return 0;
    }

    private static ViewSignatures Learn(MannequinExercise exercise, ExerciseDefinition definition, View view, int seed)
    {
        var people = new MannequinPeople(view, EstimatorNoise.BlazePose, seed, exercise.Name) { Repetitions = 1 };
        var correct = Enumerable.Range(0, CorrectPeople).ToDictionary(person => person, person => Measures(people.Repeat(person), definition));
        return ViewSignatures.Learn(
            view,
            [.. correct.Values.OfType<MeasureVector>()],
            from scale in exercise.FaultScales
            let shownBy = exercise.MeasuresOf(scale.Kind, view)
            where shownBy.Count > 0
            from side in Sides(scale, view)
            from size in Severities.Select(scale.SizeAt).Distinct()
            from pairs in Alike(scale.Kind, exercise, Pairs(new Fault(scale.Kind, size, side)))
            select (scale.Name, BodySideOf(side), exercise == MannequinExercises.ShoulderPress ? null : shownBy, pairs));

        IReadOnlyList<(MeasureVector, MeasureVector)> Pairs(Fault fault) =>
        [
            .. Enumerable.Range(0, FaultyPeople).Select(person => (Measures(people.Repeat(person, fault), definition), correct[person]))
                .Where(pair => pair is { Item1: not null, Item2: not null }).Select(pair => (pair.Item1!, pair.Item2!)),
        ];
    }

    // Who sways in step with the movement looks much like one who leans, who sways against it does not: the median of both is neither. The press's were learnt before this was seen.
    private static IEnumerable<IReadOnlyList<(MeasureVector With, MeasureVector Without)>> Alike(
        FaultKind kind, MannequinExercise exercise, IReadOnlyList<(MeasureVector With, MeasureVector Without)> pairs) =>
        kind != FaultKind.Sway || exercise == MannequinExercises.ShoulderPress
            ? [pairs]
            : pairs.OrderBy(pair => pair.With[Rocking] - pair.Without[Rocking]).Chunk((pairs.Count + 1) / 2);

    // What one arm alone does is seen where both arms are. An arm that alone stops short of straight is a difference between the arms.
    private static Side?[] Sides(FaultScale scale, View view) => scale.Kind is FaultKind.Asymmetry or FaultKind.LateSide ? [Side.Right, Side.Left]
        : scale.Sided && view == View.Front && scale.Kind != FaultKind.NoLockout ? [null, Side.Right, Side.Left]
        : [null];

    private static BodySide? BodySideOf(Side? side) => side switch { Side.Right => BodySide.Right, Side.Left => BodySide.Left, _ => null };

    // A fault that makes two repetitions of one, or none, has no signature.
    private static MeasureVector? Measures(IReadOnlyList<MannequinRepetition> found, ExerciseDefinition definition) => found is [var only]
        ? MeasureExtractor.Extract(only.Cleaned, only.Repetition, only.View, definition)
        : null;
}
