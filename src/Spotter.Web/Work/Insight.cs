using System.Text.Json;
using System.Text.Json.Serialization;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Web.Work;

/// <summary>What the pages draw beside the report: the measures of each repetition, and how far the body is from the path of correct repetitions at each moment.</summary>
internal sealed record Insight
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The measures that the exercise looks at in this view.</summary>
    public IReadOnlyList<MeasuredSet> Measures { get; init; } = [];

    /// <summary>One curve for each repetition.</summary>
    public IReadOnlyList<OddityCurve> Curves { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    public static Insight Read(Stream stream) => JsonSerializer.Deserialize<Insight>(stream, Options)!;

    /// <summary>Looks at the repetitions of a report again. Nothing for a clip that could not be judged.</summary>
    public static Insight Of(Report report, PoseTrack track, PackCatalogue packs)
    {
        if (report.Repetitions.Count == 0 || report is not { Exercise: { } exercise, View: { } view } || packs.Load(exercise) is var pack && pack.Find(view) is null)
        {
            return new Insight();
        }

        var model = new ViewModel(pack.Find(view)!);
        Repetition[] repetitions = [.. report.Repetitions.Select(repetition => Cut(track.Skeleton, repetition))];
        var span = SetSpan.Of(track, repetitions);
        var cleaned = SkeletonCleaning.Clean(track.Skeleton, span.Start, span.End);
        var seen = track.EstimateView(cleaned, span.Start, span.End) is { } estimate ? estimate with { View = view } : default(ViewEstimate?);
        return new Insight
        {
            Curves = [.. repetitions.Zip(report.Repetitions, (cut, repetition) => OddityCurve.Of(model, cleaned, cut, repetition))],
            Measures = seen is { } from ? Measure(pack, model, cleaned, repetitions, from) : [],
        };
    }

    private static IReadOnlyList<MeasuredSet> Measure(ExercisePack pack, ViewModel model, SkeletonSequence cleaned, Repetition[] repetitions, ViewEstimate view)
    {
        MeasureVector[] vectors = [.. repetitions.Select(repetition => MeasureExtractor.Extract(cleaned, repetition, view, pack.Definition))];
        return
        [
            .. from band in model.Bands
               let measure = MeasureCatalogue.Get(band.Measure)
               select new MeasuredSet(band.Measure, measure.Unit, band.Low, band.High, [.. vectors.Select(vector => vector[band.Measure])])
               {
                   Worst = measure.PerArm ? [.. vectors.Select(vector => WorstOf(vector.Values(band.Measure), band, measure.Faulty))] : null,
                   IsJudged = model.MeasureNames.Contains(band.Measure),
               },
        ];
    }

    // Of values that are all good, the one that is the nearest to being a fault.
    private static double WorstOf(IEnumerable<double> values, MeasureBand band, FaultyValues faulty) => values.DefaultIfEmpty(double.NaN).MaxBy(value => (Math.Abs(band.Excess(value)), faulty switch
    {
        FaultyValues.Low => -value,
        FaultyValues.High => value,
        _ => Math.Abs(value - band.Middle),
    }));

    private static Repetition Cut(SkeletonSequence skeleton, RepetitionReport repetition) =>
        new(Frame(skeleton, repetition.StartSeconds), Frame(skeleton, repetition.TurningSeconds), Frame(skeleton, repetition.EndSeconds) + 1);

    // Times in a report are rounded to six digits.
    private static int Frame(SkeletonSequence skeleton, double seconds)
    {
        var times = skeleton.Timestamps;
        var after = times.BinarySearch(seconds);
        after = after >= 0 ? after : ~after;
        return after == 0 ? 0 : after == times.Length || seconds - times[after - 1] < times[after] - seconds ? after - 1 : after;
    }
}

/// <summary>One measure over the repetitions of a clip.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Low">Lowest value of correct repetitions.</param>
/// <param name="High">Highest value of correct repetitions.</param>
/// <param name="Values">A value for each repetition, of arms their mean; NaN where it was not measured.</param>
internal sealed record MeasuredSet(string Measure, string Unit, double Low, double High, IReadOnlyList<double> Values)
{
    /// <summary>The value of the worse arm in each repetition, which findings speak of; null where the arms have no values of their own, and in results of earlier versions.</summary>
    public IReadOnlyList<double>? Worst { get; init; }

    /// <summary>Whether verdicts rest on it; the others are only looked at.</summary>
    public bool IsJudged { get; init; } = true;

    /// <summary>How far a value lies outside of the good ones, see <see cref="MeasureBand.Excess"/>.</summary>
    public double Excess(double value) => new MeasureBand(Measure, Low, (Low + High) / 2, High, 0).Excess(value);

    /// <summary>The middle value of the repetitions; NaN where none was measured.</summary>
    [JsonIgnore]
    public double Typical
    {
        get
        {
            double[] values = [.. Values.Where(value => !double.IsNaN(value)).Order()];
            return values.Length == 0 ? double.NaN : values[values.Length / 2];
        }
    }
}

/// <summary>How odd one repetition looks from moment to moment.</summary>
/// <param name="Start">Seconds of the first level.</param>
/// <param name="End">Seconds of the last level.</param>
/// <param name="Levels">Evenly spaced: distance of the joint that strays furthest from its mean path, in units of what 95 % of correct repetitions keep.</param>
internal sealed record OddityCurve(double Start, double End, IReadOnlyList<double> Levels)
{
    private const float LeastReach = 0.02f;

    public static OddityCurve Of(ViewModel model, SkeletonSequence cleaned, Repetition cut, RepetitionReport repetition)
    {
        var input = model.Joints.Apply(SkeletonNormalization.ToNetworkInput(cleaned, cut));
        var frames = input.Length / (3 * Skeleton.JointCount);
        Joint[] shown = [.. Enum.GetValues<Joint>().Where(joint => input[(2 * input.Length / 3) + (int)joint] > 0)];
        double[] raw =
        [
            .. Enumerable.Range(0, frames).Select(frame => shown.Length == 0 ? 0
                : shown.Max(joint => model.Path.DistanceFromMean(input, joint, frame) / Math.Max(model.Path.Reach[(int)joint], LeastReach))),
        ];
        double[] smooth = [.. raw.Select((level, at) => Math.Round((raw[Math.Max(0, at - 1)] + (2 * level) + raw[Math.Min(frames - 1, at + 1)]) / 4, 3))];
        return new OddityCurve(repetition.StartSeconds, repetition.EndSeconds, smooth);
    }
}
