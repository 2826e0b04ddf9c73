using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Training.Export;
using Spotter.Training.Learning;

namespace Spotter.Training.FineTuning;

/// <summary>Networks fine-tuned without some recording sessions, and for each view the one-class SVMs on their features of the correct repetitions of the others.</summary>
internal sealed class HeldOutNetwork : IDisposable
{
    private readonly StGcnEncoder encoder;
    private readonly Dictionary<View, (JointMask Shown, OneClassModel[] Models)> models;

    private HeldOutNetwork(StGcnEncoder encoder, IEnumerable<CorrectRepetition> good)
    {
        this.encoder = encoder;
        models = good.GroupBy(repetition => repetition.View.View).ToDictionary(view => view.Key, view =>
        {
            float[][] inputs = [.. view.Select(RecordedSource.Input)];
            var shown = JointMask.Fit(inputs);
            double[][][] features = [.. inputs.Select(input => encoder.FeaturesByNetwork(shown.Apply(input)))];
            return (shown, Enumerable.Range(0, encoder.NetworkCount).Select(network => OneClassModel.Fit([.. features.Select(own => own[network])])).ToArray());
        });
    }

    /// <summary>
    /// Fine-tunes without sessions, and fits the one-class SVMs on the other good repetitions, or on those in <paramref name="learntFrom"/>; null when the other sessions do not
    /// hold both good and bad repetitions.
    /// </summary>
    public static HeldOutNetwork? Train(
        FineTuningOptions options,
        IReadOnlyList<CorrectRepetition> good,
        IReadOnlyList<CorrectRepetition> bad,
        IReadOnlySet<string> held,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken,
        IReadOnlyList<CorrectRepetition>? learntFrom = null)
    {
        CorrectRepetition[] rest = [.. good.Where(repetition => !held.Contains(repetition.Session))];
        var samples = RecordedSource.Samples(rest, bad.Where(repetition => !held.Contains(repetition.Session)));
        if (samples.All(sample => sample.IsGood) || samples.All(sample => !sample.IsGood))
        {
            return null;
        }

        var own = options with { Samples = samples };
        var weights = FineTuningTraining.Train(own, progress, cancellationToken);
        return new HeldOutNetwork(StGcnEncoder.Load(StGcnExport.ToOnnx(weights, FineTuningTraining.Describe(own))), learntFrom ?? rest);
    }

    /// <summary>Whether it knows correct repetitions of the view.</summary>
    public bool Knows(View view) => models.ContainsKey(view);

    /// <summary>Relative scores under the one-class SVMs of the repetition's view, one of each network.</summary>
    /// <exception cref="PackFormatException">It knows no correct repetition of that view.</exception>
    public double[] Scores(CorrectRepetition repetition)
    {
        if (!models.TryGetValue(repetition.View.View, out var view))
        {
            throw new PackFormatException(
                $"All good repetitions from the {repetition.View.View.ToString().ToLowerInvariant()} are of one recording session, and calibration needs another. Record a second session.");
        }

        return [.. encoder.FeaturesByNetwork(view.Shown.Apply(RecordedSource.Input(repetition))).Zip(view.Models, (features, model) => model.RelativeScore(features))];
    }

    public void Dispose() => encoder.Dispose();
}
