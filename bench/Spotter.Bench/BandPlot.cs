using System.Globalization;
using System.Text;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Scoring;

namespace Spotter.Bench;

/// <summary>Draws a curve of a recording's repetitions over the phase of the repetition, with the band of correct repetitions behind it, as SVG.</summary>
internal static class BandPlot
{
    private const double Width = 640, Height = 320, Left = 64, Right = 16, Top = 44, Bottom = 44;

    /// <summary>Draws the curve that most findings are about, or else that of the first measure of the view that has one; null where it cannot be taken.</summary>
    public static string? Draw(
        string name, IReadOnlyList<LabelledRepetition> shown, IReadOnlyList<LabelledRepetition> correct, IEnumerable<Finding> findings, ExerciseDefinition exercise)
    {
        var most = findings.GroupBy(finding => finding.Measure).OrderByDescending(group => group.Count()).Select(group => group.Key).FirstOrDefault();
        var curve = (most is null ? null : CurveOf(most)) ?? exercise.Measures[shown[0].View!.Value.View].Select(CurveOf).First(known => known is not null);

        var band = CurveBand.Fit(Curves(correct)).FirstOrDefault(known => known.Name == curve);
        MeasureCurve[] lines = [.. Curves(shown)];
        if (band is null || lines.Length == 0)
        {
            return null;
        }

        var low = Math.Min(band.Low.Min(), lines.Min(line => line.Values.Min()));
        var high = Math.Max(band.High.Max(), lines.Max(line => line.Values.Max()));
        var text = new StringBuilder();
        text.AppendLine(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\" role=\"img\">"));
        text.AppendLine(Invariant($"<title>{curve} of {name}</title><rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>"));
        text.AppendLine(Invariant($"<text x=\"{Left}\" y=\"24\" font-weight=\"bold\">{curve}: {Path.GetFileNameWithoutExtension(name)}, said: {most ?? "nothing"}</text>"));
        text.AppendLine(Invariant($"<polygon fill=\"#bfe6dc\" points=\"{Points(band.High)} {string.Join(' ', Points(band.Low).Split(' ').Reverse())}\"/>"));
        text.AppendLine(Invariant($"<polyline fill=\"none\" stroke=\"#3a8f7d\" stroke-dasharray=\"5 4\" points=\"{Points(band.Middle)}\"/>"));
        foreach (var line in lines)
        {
            text.AppendLine(Invariant($"<polyline fill=\"none\" stroke=\"#c8441c\" stroke-width=\"1.5\" stroke-opacity=\"0.75\" points=\"{Points(line.Values)}\"/>"));
        }

        foreach (var tick in Enumerable.Range(0, 5).Select(step => low + (step * (high - low) / 4)))
        {
            text.AppendLine(Invariant($"<text x=\"{Left - 8}\" y=\"{Y(tick) + 4:0.0}\" text-anchor=\"end\">{(high - low > 20 ? tick.ToString("0", CultureInfo.InvariantCulture) : tick.ToString("0.00", CultureInfo.InvariantCulture))}</text><line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.0}\" y2=\"{Y(tick):0.0}\" stroke=\"#00000018\"/>"));
        }

        foreach (var (point, label, anchor) in ((int, string, string)[])[(0, "start", "middle"), (MeasureCurve.Points / 2, "turn", "middle"), (MeasureCurve.Points - 1, "end", "end")])
        {
            text.AppendLine(Invariant($"<text x=\"{X(point):0.0}\" y=\"{Height - 16}\" text-anchor=\"{anchor}\">{label}</text>"));
        }

        return text.AppendLine("</svg>").ToString();

        IEnumerable<MeasureCurve> Curves(IEnumerable<LabelledRepetition> repetitions) => repetitions
            .SelectMany(one => MeasureCurves.Extract(one.Cleaned, one.Repetition, one.View!.Value, exercise))
            .Where(line => line.Name == curve && !line.Values.Any(double.IsNaN));

        double X(double point) => Left + (point / (MeasureCurve.Points - 1) * (Width - Left - Right));

        double Y(double value) => Top + ((high - value) / Math.Max(high - low, 1e-9) * (Height - Top - Bottom));

        string Points(double[] values) => string.Join(' ', values.Select((value, point) => Invariant($"{X(point):0.0},{Y(value):0.0}")));
    }

    // The curve on which a measure is read.
    private static string? CurveOf(string measure) => measure switch
    {
        "elbow-extension-degrees" or "elbow-flexion-degrees" or "asymmetry-degrees" => "elbow-angle-degrees",
        "elbow-height-bottom" or "elbow-height-top" or "elbow-rise" => "elbow-height",
        "wrist-height-bottom" or "wrist-height-top" or "height-difference" or "side-delay" or "range-of-motion" or "bounce" or "seconds-up" or "seconds-down" or "seconds-at-top" or "seconds-paused" => "wrist-height",
        "wrist-offset-top" or "wrist-path" => "wrist-aside",
        "elbow-forward" or "elbow-neck-offset" or "elbow-flare" or "upper-arm-swing-degrees" => "elbow-aside",
        "forearm-tilt-degrees" or "forearm-tilt-bottom-degrees" => "forearm-tilt-degrees",
        "trunk-lean-degrees" or "trunk-sway-degrees" or "trunk-rocking-degrees" or "trunk-from-upright-degrees" => "trunk-angle-degrees",
        "knee-drive-degrees" or "hip-travel" => "knee-flexion-degrees",
        _ => null,
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
