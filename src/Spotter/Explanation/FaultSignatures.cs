using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spotter.Measures;
using Spotter.Skeletons;

namespace Spotter.Explanation;

/// <summary>
/// What each kind of fault does to the measures of an exercise. One fault moves many measures at once, so that the largest deviation often is not the
/// cause; the whole pattern tells causes apart. Learnt from the mannequin, where the same person does the same with and without a fault.
/// </summary>
public sealed record FaultSignatures
{
    private const string ResourcePrefix = "Spotter.Explanation.Signatures.";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    // Each repetition asks for them.
    private static readonly ConcurrentDictionary<string, FaultSignatures?> Known = new(StringComparer.Ordinal);

    /// <summary>Name of the exercise.</summary>
    public required string Exercise { get; init; }

    /// <summary>The views for which signatures are known.</summary>
    public required IReadOnlyList<ViewSignatures> Views { get; init; }

    /// <summary>The signatures that come with Spotter; null for an exercise without.</summary>
    public static FaultSignatures? Find(string exercise) => Known.GetOrAdd(exercise, static name =>
    {
        using var stream = typeof(FaultSignatures).Assembly.GetManifestResourceStream(ResourcePrefix + name + ".json");
        return stream is null ? null : JsonSerializer.Deserialize<FaultSignatures>(stream, Options);
    });

    /// <summary>The document as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);
}

/// <summary>Signatures from one view.</summary>
public sealed record ViewSignatures
{
    /// <summary>The view.</summary>
    public required View View { get; init; }

    /// <summary>Names of the measures, d.</summary>
    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>How the measures of correct repetitions hang together: d × d correlations.</summary>
    public required double[][] Correlation { get; init; }

    /// <summary>The signatures.</summary>
    public required IReadOnlyList<FaultSignature> Faults { get; init; }

    /// <summary>Learns the signatures of a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="correct">Measures of correct repetitions of many people.</param>
    /// <param name="faulty">For each kind, side and size of a fault, the names of the measures that show it, and measures with the fault and of the same people without it.</param>
    public static ViewSignatures Learn(
        View view,
        IReadOnlyList<MeasureVector> correct,
        IEnumerable<(string Kind, BodySide? Side, IReadOnlyList<string>? ShownBy, IReadOnlyList<(MeasureVector With, MeasureVector Without)> Pairs)> faulty)
    {
        string[] names = [.. MeasureCatalogue.All.Where(measure => measure.Views.Contains(view)).Select(measure => measure.Name)];
        double[][] values = [.. correct.Select(vector => Values(vector, names)).Where(row => !row.Any(double.IsNaN))];
        double[] means = [.. names.Select((_, at) => values.Average(row => row[at]))];
        double[] deviations = [.. names.Select((_, at) => Math.Sqrt(values.Average(row => Math.Pow(row[at] - means[at], 2))))];
        return new ViewSignatures
        {
            View = view,
            Measures = names,
            Correlation = [.. names.Select((_, a) => names.Select((_, b) => Math.Round(Correlated(a, b), 3)).ToArray())],
            Faults = [.. faulty.Select(fault => new FaultSignature(fault.Kind, fault.Side, [.. names.Select((_, at) => Effect(fault.Pairs, at))]) { ShownBy = fault.ShownBy })],
        };

        double Correlated(int a, int b) => deviations[a] * deviations[b] <= 0
            ? a == b ? 1 : 0
            : values.Average(row => (row[a] - means[a]) * (row[b] - means[b])) / (deviations[a] * deviations[b]);

        double Effect(IReadOnlyList<(MeasureVector With, MeasureVector Without)> pairs, int at)
        {
            double[] differences = [.. pairs.Select(pair => Value(pair.With, names[at]) - Value(pair.Without, names[at])).Where(double.IsFinite).Order()];
            return differences.Length == 0 ? 0 : Rounded(differences[differences.Length / 2]);
        }
    }

    /// <summary>What may be behind some measures outside of their bands: for each kind of fault the first that shows it, under its name.</summary>
    internal IReadOnlyList<Cause> Named(IReadOnlyList<Cause> outside) =>
    [
        .. Faults.DistinctBy(fault => fault.Kind).Select(fault => Shown(fault, outside) is { } cause ? cause with { Name = fault.Kind } : null).OfType<Cause>(),
    ];

    private Cause? Shown(FaultSignature fault, IReadOnlyList<Cause> outside)
    {
        return fault.ShownBy is null
            ? outside.FirstOrDefault(cause => cause.Fault == fault.Kind)
            : fault.ShownBy.Select(name => outside.FirstOrDefault(cause => cause.Measure.Name == name && cause.IsLow == Lowers(name))).FirstOrDefault(cause => cause is not null);

        bool Lowers(string name) => !MeasureCatalogue.Get(name).ComparesArms && fault.Effect[Measures.ToList().IndexOf(name)] < 0;
    }

    /// <summary>The values of measures as signatures count them: of a difference between the arms, by how much the right one is worse.</summary>
    internal static double[] Values(MeasureVector vector, IReadOnlyList<string> names) => [.. names.Select(name => Value(vector, name))];

    private static double Value(MeasureVector vector, string name) =>
        MeasureCatalogue.Get(name).ComparesArms ? vector[name, BodySide.Right] : vector[name];

    private static double Rounded(double value) => double.Parse(
        value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What one fault does to the measures.</summary>
/// <param name="Kind">The kind, as docs/measures.md names it.</param>
/// <param name="Side">The arm that has it; null for both, or the whole body.</param>
/// <param name="Effect">By how much it changes each measure, d, in the measure's unit; the median over people.</param>
public sealed record FaultSignature(string Kind, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BodySide? Side, double[] Effect)
{
    /// <summary>Names of the measures that show it, the plainest first, each on the side that the effect drives it to; null where it is those that the catalogue names.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ShownBy { get; init; }
}
