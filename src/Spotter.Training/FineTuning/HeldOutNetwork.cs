using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Training.Export;
using Spotter.Training.Learning;

namespace Spotter.Training.FineTuning;

/// <summary>A network fine-tuned without some recording sessions, and for each view the one-class SVM on its features of the correct repetitions of the others.</summary>
internal sealed class HeldOutNetwork : IDisposable
{
    private readonly StGcnEncoder encoder;
    private readonly Dictionary<View, (JointMask Shown, OneClassModel Model)> models;

    private HeldOutNetwork(StGcnEncoder encoder, IEnumerable<CorrectRepetition> good)
    {
        this.encoder = encoder;
        models = good.GroupBy(repetition => repetition.View.View).ToDictionary(view => view.Key, view =>
        {
            float[][] inputs = [.. view.Select(RecordedSource.Input)];
            var shown = JointMask.Fit(inputs);
            return (shown, OneClassModel.Fit([.. inputs.Select(input => encoder.Features(shown.Apply(input)))]));
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
        using var network = FineTuningTraining.Train(own, progress, cancellationToken);
        return new HeldOutNetwork(StGcnEncoder.Load(StGcnExport.ToOnnx(network, FineTuningTraining.Describe(own))), learntFrom ?? rest);
    }

    /// <summary>Whether it knows correct repetitions of the view.</summary>
    public bool Knows(View view) => models.ContainsKey(view);

    /// <summary>Relative score under the one-class SVM of the repetition's view.</summary>
    /// <exception cref="PackFormatException">It knows no correct repetition of that view.</exception>
    public double Score(CorrectRepetition repetition)
    {
        if (!models.TryGetValue(repetition.View.View, out var view))
        {
            throw new PackFormatException(
                $"All good repetitions from the {repetition.View.View.ToString().ToLowerInvariant()} are of one recording session, and calibration needs another. Record a second session.");
        }

        return view.Model.RelativeScore(encoder.Features(view.Shown.Apply(RecordedSource.Input(repetition))));
    }

    public void Dispose() => encoder.Dispose();
}
