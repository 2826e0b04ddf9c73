using System.Numerics.Tensors;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Packs;

namespace Spotter.Explanation;

/// <summary>A fault that explains deviations of a repetition.</summary>
/// <param name="Signature">The fault.</param>
/// <param name="Size">How often its signature, as learnt, is in the repetition.</param>
/// <param name="Explained">Share of the squared deviation that it takes away, 0 to 1.</param>
internal readonly record struct MatchedFault(FaultSignature Signature, double Size, double Explained);

/// <summary>
/// Finds the faults whose signatures add up to the deviations of a repetition: matched filters on deviations whitened by how the measures of correct
/// repetitions hang together, one fault after the other (matching pursuit: Mallat and Zhang, IEEE Transactions on Signal Processing 41, 1993).
/// </summary>
internal sealed class FaultMatching
{
    // Correlations learnt from the mannequin are not quite those of people.
    private const double Independence = 0.25;

    private readonly ViewSignatures signatures;
    private readonly int[] used;
    private readonly double[] spread;
    private readonly double[] deviation;
    private readonly CholeskyFactor factor;

    /// <summary>Takes the deviations of a repetition from the middle of correct ones.</summary>
    public FaultMatching(ViewSignatures signatures, ViewModel model, MeasureVector measures)
    {
        this.signatures = signatures;
        var values = ViewSignatures.Values(measures, signatures.Measures);
        var bands = signatures.Measures.Select(name => model.Bands.FirstOrDefault(band => band.Measure == name)).ToArray();
        used = [.. Enumerable.Range(0, values.Length).Where(at => double.IsFinite(values[at]) && bands[at] is { } band && Spread(band) > 0)];
        spread = Array.ConvertAll(used, at => Spread(bands[at]!));
        deviation = [.. used.Select((at, i) => (values[at] - (MeasureCatalogue.Get(bands[at]!.Measure).ComparesArms ? 0 : bands[at]!.Middle)) / spread[i])];
        factor = new CholeskyFactor(Array.ConvertAll(used, a => Array.ConvertAll(used, b =>
            a == b ? 1 : (1 - Independence) * signatures.Correlation[a][b])));
    }

    /// <summary>The faults behind some causes, in the order in which they explain the deviations; none of two that are alike.</summary>
    /// <param name="causes">What may be meant, one cause for each kind of fault, under its name.</param>
    /// <param name="most">Most faults.</param>
    /// <param name="least">Share that a further fault must explain.</param>
    public IReadOnlyList<MatchedFault> Find(IReadOnlyList<Cause> causes, int most, double least)
    {
        List<MatchedFault> found = [];
        var rest = factor.Whiten(deviation);
        var all = TensorPrimitives.SumOfSquares(rest);
        var candidates = signatures.Faults.Join(causes, fault => fault.Kind, cause => cause.Name, (fault, cause) => (fault, Pattern: Pattern(fault), cause)).ToList();
        while (found.Count < most && candidates.Count > 0 && all > 0)
        {
            var (fault, pattern, cause) = candidates.MaxBy(candidate => Gain(candidate.Pattern));
            var gain = Gain(pattern);
            if (gain < least * all)
            {
                break;
            }

            var size = TensorPrimitives.Dot(pattern, rest) / TensorPrimitives.SumOfSquares(pattern);
            for (var at = 0; at < rest.Length; at++)
            {
                rest[at] -= size * pattern[at];
            }

            found.Add(new MatchedFault(fault, size, gain / all));
            candidates.RemoveAll(candidate => candidate.cause.IsAlike(cause));
        }

        return found;

        double Gain(double[] pattern)
        {
            var (along, length) = (TensorPrimitives.Dot(pattern, rest), TensorPrimitives.SumOfSquares(pattern));
            return along <= 0 || length <= 0 ? 0 : along * along / length;
        }
    }

    private double[] Pattern(FaultSignature fault) => factor.Whiten([.. used.Select((at, i) => fault.Effect[at] / spread[i])]);

    // Bands hold 90 % of correct repetitions: 1.645 standard deviations on either side. A difference of the arms is given without its sign: 1.96.
    private static double Spread(MeasureBand band) =>
        MeasureCatalogue.Get(band.Measure).ComparesArms ? band.High / 1.96 : (band.High - band.Low) / (2 * 1.645);
}
