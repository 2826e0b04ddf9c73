using Spotter.Bench.Mannequins;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Synthesis;

namespace Spotter.Bench.Learning;

/// <summary>One repetition of the mannequin as the branches see it.</summary>
/// <param name="Person">Number of the person.</param>
/// <param name="Fault">What is wrong; null for a correct repetition.</param>
/// <param name="Features">The network's features.</param>
/// <param name="Measures">All measures.</param>
internal sealed record PoolRepetition(int Person, FaultKind? Fault, double[] Features, MeasureVector Measures);

/// <summary>Repetitions of many people of the mannequin, made once, of which studies draw as often as they like.</summary>
internal sealed class LearningPool
{
    private readonly ExerciseDefinition definition;
    private readonly FaultKind[] kinds;
    private readonly View view;
    private readonly StGcnEncoder encoder;
    private readonly JointMask joints;
    private readonly double unevenness;

    public LearningPool(string exercise, View view, StGcnEncoder encoder, double unevenness = 0)
    {
        this.unevenness = unevenness;
        definition = ExerciseDefinition.Load(exercise);

        // Haste is taken away by resampling, and a bounce lasts a moment: no method finds them, and they would only dilute what is compared.
        kinds = [.. MannequinExercises.Find(exercise)!.Faults.Select(fault => fault.Kind).Except([FaultKind.Rush, FaultKind.Bounce])];
        this.view = view;
        this.encoder = encoder;

        // As a pack of recordings has it: from the front, legs are mostly below the picture.
        joints = new JointMask(Enum.GetValues<Joint>()
            .Where(joint => view == View.Side || joint is not (Joint.RightKnee or Joint.LeftKnee or Joint.RightAnkle or Joint.LeftAnkle))
            .Select(joint => joint.Name()));
    }

    /// <summary>Names of the measures on which the exercise is judged from this view.</summary>
    public IReadOnlyList<string> MeasureNames => definition.Measures[view];

    /// <summary>Correct repetitions, the same number of each person.</summary>
    public IReadOnlyList<PoolRepetition> Correct(int people, int repetitions, EstimatorNoise noise, int seed)
    {
        var drawn = new MannequinPeople(view, noise, seed, definition.Name) { Repetitions = repetitions, Unevenness = unevenness };
        return [.. Enumerable.Range(0, people).AsParallel().AsOrdered().SelectMany(person => drawn.Repeat(person).Select(repetition => Look(repetition, null)))];
    }

    /// <summary>One repetition of each person with each fault, at a size relative to what a coach would call wrong.</summary>
    public IReadOnlyList<PoolRepetition> Faulty(int people, double severity, EstimatorNoise noise, int seed)
    {
        var drawn = new MannequinPeople(view, noise, seed, definition.Name) { Repetitions = 1, Unevenness = unevenness };
        var all = from person in Enumerable.Range(0, people) from kind in kinds select (person, kind);
        return [.. all.AsParallel().AsOrdered().SelectMany(one =>
            drawn.Repeat(one.person, new Fault(one.kind, FaultScale.Of(one.kind).SizeAt(severity))).Select(repetition => Look(repetition, one.kind)))];
    }

    private PoolRepetition Look(MannequinRepetition repetition, FaultKind? fault)
    {
        var input = joints.Apply(SkeletonNormalization.ToNetworkInput(repetition.Cleaned, repetition.Repetition));
        return new PoolRepetition(
            repetition.Person, fault, encoder.Features(input), MeasureExtractor.Extract(repetition.Cleaned, repetition.Repetition, repetition.View, definition));
    }
}
