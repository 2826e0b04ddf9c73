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

    // Small and large faults do not quite do the same.
    private static readonly double[] Severities = [1, 2.2];

    private static readonly ExerciseDefinition Press = ExerciseDefinition.Load(MannequinOptions.ShoulderPress);

    public static int Run(int seed)
    {
        var signatures = new FaultSignatures
        {
            Exercise = Press.Name,
            Views = [.. new[] { View.Front, View.Side }.Select(view => Learn(view, seed))],
        };
        Console.WriteLine(signatures.ToJson());
        return 0;
    }

    private static ViewSignatures Learn(View view, int seed)
    {
        var people = new MannequinPeople(view, EstimatorNoise.BlazePose, seed) { Repetitions = 1 };
        var correct = Enumerable.Range(0, CorrectPeople).ToDictionary(person => person, person => Measures(people.Repeat(person)));
        return ViewSignatures.Learn(
            view,
            [.. correct.Values.OfType<MeasureVector>()],
            from scale in ExplanationBench.PressFaults
            where ExplanationBench.IsShown(scale.Name, view)
            from side in Sides(scale, view)
            from size in Severities.Select(scale.SizeAt).Distinct()
            select (scale.Name, BodySideOf(side), Pairs(new Fault(scale.Kind, size, side))));

        IReadOnlyList<(MeasureVector, MeasureVector)> Pairs(Fault fault) =>
        [
            .. Enumerable.Range(0, FaultyPeople).Select(person => (Measures(people.Repeat(person, fault)), correct[person]))
                .Where(pair => pair is { Item1: not null, Item2: not null }).Select(pair => (pair.Item1!, pair.Item2!)),
        ];
    }

    // What one arm alone does is seen where both arms are.
    private static Side?[] Sides(FaultScale scale, View view) => scale.Kind is FaultKind.Asymmetry or FaultKind.LateSide ? [Side.Right, Side.Left]
        : scale.Sided && view == View.Front && scale.Kind != FaultKind.NoLockout ? [null, Side.Right, Side.Left]
        : [null];

    private static BodySide? BodySideOf(Side? side) => side switch { Side.Right => BodySide.Right, Side.Left => BodySide.Left, _ => null };

    // A fault that makes two repetitions of one, or none, has no signature.
    private static MeasureVector? Measures(IReadOnlyList<MannequinRepetition> found) => found is [var only]
        ? MeasureExtractor.Extract(only.Cleaned, only.Repetition, only.View, Press)
        : null;
}
