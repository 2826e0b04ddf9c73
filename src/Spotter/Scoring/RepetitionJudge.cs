using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.StGcn;

namespace Spotter.Scoring;

/// <summary>Judges repetitions from one view with one pack.</summary>
public sealed class RepetitionJudge
{
    private readonly StGcnEncoder encoder;
    private readonly ViewEstimate view;
    private readonly ExerciseDefinition exercise;

    /// <summary>Prepares to judge.</summary>
    /// <param name="pack">A pack that knows the view.</param>
    /// <param name="view">From where the person is seen.</param>
    /// <param name="encoder">The feature network that the pack was fitted with.</param>
    /// <param name="method">What decides the verdict.</param>
    /// <exception cref="PackFormatException">The pack does not know the view, or was fitted with another network.</exception>
    public RepetitionJudge(ExercisePack pack, ViewEstimate view, StGcnEncoder encoder, Method method)
    {
        var state = pack.Find(view.View)
            ?? throw new PackFormatException($"The pack of {pack.Definition.Name} has no model for the {view.View} view.");
        Model = new ViewModel(state);
        FalseAlarmRate = pack.FalseAlarmRate;
        Method = method;
        this.encoder = encoder;
        this.view = view;
        exercise = pack.Definition;
    }

    /// <summary>Correct repetitions from this view.</summary>
    public ViewModel Model { get; }

    /// <summary>Share of correct repetitions that may be flagged.</summary>
    public double FalseAlarmRate { get; }

    /// <summary>What decides the verdict.</summary>
    public Method Method { get; }

    /// <summary>Whether the clip shows the movement slower than it was: its tempo is not judged then.</summary>
    public bool IsSlowMotion { get; init; }

    /// <summary>Looks at a repetition.</summary>
    /// <param name="skeleton">The cleaned sequence.</param>
    /// <param name="repetition">Its frames.</param>
    public JudgedRepetition Judge(SkeletonSequence skeleton, Repetition repetition)
    {
        var input = Model.Joints.Apply(SkeletonNormalization.ToNetworkInput(skeleton, repetition));
        var measures = MeasureExtractor.Extract(skeleton, repetition, view, exercise);
        measures = IsSlowMotion ? measures.WithoutTempo() : measures;
        var score = RepetitionScore.Of(Model, encoder.Features(input), measures.Select(Model.MeasureNames));
        return new JudgedRepetition(skeleton, repetition, view, input, measures, score);
    }

    /// <summary>Relative scores of the network's branch for several inputs, in two batches at the same time.</summary>
    /// <param name="inputs">Normalised skeletons as the network is shown them, each 3 × T × 18.</param>
    /// <param name="cancellationToken">Stops before a batch.</param>
    internal double[] NetworkScores(IReadOnlyList<float[]> inputs, CancellationToken cancellationToken = default)
    {
        const int Batches = 2;
        var scores = new double[inputs.Count];
        Parallel.For(0, Batches, new ParallelOptions { CancellationToken = cancellationToken }, batch =>
        {
            var (first, end) = (batch * inputs.Count / Batches, (batch + 1) * inputs.Count / Batches);
            if (first == end)
            {
                return;
            }

            float[] joined = [.. inputs.Skip(first).Take(end - first).SelectMany(input => input)];
            var features = encoder.Encode(joined, inputs[first].Length / (3 * Skeleton.JointCount), end - first);
            for (var at = first; at < end; at++)
            {
                var own = Array.ConvertAll(features.AsSpan((at - first) * StGcnEncoder.FeatureCount, StGcnEncoder.FeatureCount).ToArray(), value => (double)value);
                scores[at] = Model.Network.Model.RelativeScore(own);
            }
        });
        return scores;
    }

    /// <summary>The verdict that a p-value stands for, and whether it is one to keep an eye on.</summary>
    public (Verdict Verdict, bool Watch) Grade(double pValue)
    {
        // p-values are ratios of small whole numbers: a hair's breadth of rounding must not decide.
        const double Rounding = 1e-9;
        return pValue <= FalseAlarmRate + Rounding ? (Verdict.Incorrect, false) : (Verdict.Correct, pValue <= (2 * FalseAlarmRate) + Rounding);
    }
}

/// <summary>A repetition with all that was measured of it.</summary>
/// <param name="Skeleton">The cleaned sequence that holds it.</param>
/// <param name="Repetition">Its frames.</param>
/// <param name="View">From where it is seen.</param>
/// <param name="Input">Its normalised skeletons, 3 × T × 18.</param>
/// <param name="Measures">Its kinematic measures.</param>
/// <param name="Score">How odd it looks.</param>
public sealed record JudgedRepetition(
    SkeletonSequence Skeleton, Repetition Repetition, ViewEstimate View, float[] Input, MeasureVector Measures, RepetitionScore Score);
