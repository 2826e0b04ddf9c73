using System.Globalization;
using System.Text;

namespace Spotter.Bench.Mannequins;

/// <summary>How often a fault is found at each of its sizes.</summary>
/// <param name="Fault">Name of the fault.</param>
/// <param name="Points">Severity (1 is what a coach would call wrong) and share found, from small to large.</param>
internal sealed record SensitivityCurve(string Fault, IReadOnlyList<(double Severity, double Found)> Points);

/// <summary>The curves of one exercise from one view.</summary>
internal sealed record SensitivityPanel(string Title, IReadOnlyList<SensitivityCurve> Curves);

/// <summary>Draws sensitivity curves as SVG: a panel for each exercise and view, in each a line for each fault.</summary>
internal static class SensitivityPlot
{
    private const double Width = 330, Height = 240, Left = 44, Right = 12, Top = 30, Bottom = 38, LegendHeight = 22, MostSevere = 3;
    private const int Columns = 3, LegendColumns = 6;

    // Colour and dash tell sixteen faults apart.
    private static readonly string[] Colours = ["#1b6ca8", "#d1495b", "#2e933c", "#b8860b", "#6a4c93", "#00798c", "#8d5524", "#555555"];

    public static string Draw(IReadOnlyList<SensitivityPanel> panels, double wanted)
    {
        string[] faults = [.. panels.SelectMany(panel => panel.Curves).Select(curve => curve.Fault).Distinct()];
        var columns = Math.Min(Columns, panels.Count);
        var rows = (panels.Count + columns - 1) / columns;
        var legendRows = (faults.Length + LegendColumns - 1) / LegendColumns;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * Width} {(rows * Height) + (legendRows * LegendHeight) + 8}" font-family="sans-serif" font-size="11">""");
        svg.Append("""<rect width="100%" height="100%" fill="#fff"/>""").AppendLine();
        for (var at = 0; at < panels.Count; at++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<g transform="translate({at % columns * Width} {at / columns * Height})">""");
            Panel(svg, panels[at], faults, wanted);
            svg.AppendLine("</g>");
        }

        for (var at = 0; at < faults.Length; at++)
        {
            var (x, y) = (Left + (at % LegendColumns * (columns * Width - Left) / LegendColumns), (rows * Height) + (at / LegendColumns * LegendHeight) + 14);
            svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{x:0}" x2="{x + 24:0}" y1="{y - 4}" y2="{y - 4}" {Stroke(at)}/><text x="{x + 30:0}" y="{y}">{faults[at]}</text>""").AppendLine();
        }

        return svg.AppendLine("</svg>").ToString();
    }

    private static void Panel(StringBuilder svg, SensitivityPanel panel, string[] faults, double wanted)
    {
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="18" font-weight="bold">{panel.Title}</text>""");
        foreach (var share in (double[])[0, 0.25, 0.5, 0.75, 1])
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" x2="{Width - Right}" y1="{Y(share):0.0}" y2="{Y(share):0.0}" stroke="#ddd"/><text x="{Left - 5}" y="{Y(share) + 4:0.0}" text-anchor="end">{100 * share:0} %</text>""");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" x2="{Width - Right}" y1="{Y(wanted):0.0}" y2="{Y(wanted):0.0}" stroke="#999" stroke-dasharray="2 3"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{X(1):0.0}" x2="{X(1):0.0}" y1="{Top}" y2="{Height - Bottom}" stroke="#999" stroke-dasharray="2 3"/>""");
        foreach (var severity in (int[])[0, 1, 2, 3])
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{X(severity):0.0}" y="{Height - Bottom + 14}" text-anchor="middle">{severity}</text>""");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{(Left + Width - Right) / 2}" y="{Height - 8}" text-anchor="middle">size, in sizes that a coach would call wrong</text>""").AppendLine();
        foreach (var curve in panel.Curves)
        {
            var points = string.Join(' ', curve.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Severity):0.0},{Y(point.Found):0.0}")));
            svg.Append(CultureInfo.InvariantCulture, $"""<polyline fill="none" points="{points}" {Stroke(Array.IndexOf(faults, curve.Fault))}/>""").AppendLine();
        }
    }

    private static string Stroke(int fault) =>
        $"stroke=\"{Colours[fault % Colours.Length]}\" stroke-width=\"1.6\"" + (fault < Colours.Length ? "" : " stroke-dasharray=\"6 3\"");

    private static double X(double severity) => Left + (Math.Clamp(severity / MostSevere, 0, 1) * (Width - Left - Right));

    private static double Y(double share) => Height - Bottom - (share * (Height - Top - Bottom));
}
