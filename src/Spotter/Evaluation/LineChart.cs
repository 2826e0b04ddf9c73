using System.Globalization;
using System.Net;
using System.Text;

namespace Spotter.Evaluation;

/// <summary>One line of a chart.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Colour">Colour as HTML writes it.</param>
/// <param name="Dashed">Whether the line is broken.</param>
/// <param name="Points">Its points, from left to right.</param>
internal sealed record ChartLine(string Name, string Colour, bool Dashed, IReadOnlyList<CurvePoint> Points);

/// <summary>A chart of shares as inline SVG.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Along">Name of the axis along.</param>
/// <param name="Up">Name of the axis up.</param>
internal sealed record LineChart(string Title, string Along, string Up)
{
    private const double Width = 420, Height = 320, Left = 62, Right = 26, Top = 14, Bottom = 46;

    private static readonly double[] Marks = [0, 0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>Largest value along.</summary>
    public double MostAlong { get; init; } = 1;

    /// <summary>Largest value up.</summary>
    public double MostUp { get; init; } = 1;

    /// <summary>Whether the line x = y is drawn, on which an ideal or a useless method lies.</summary>
    public bool Diagonal { get; init; }

    /// <summary>What stands at the marks along; null for shares in percent.</summary>
    public IReadOnlyList<(double At, string Text)>? MarksAlong { get; init; }

    /// <summary>Draws the lines.</summary>
    public string Draw(IReadOnlyList<ChartLine> lines)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<figure><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Title)}\">");
        foreach (var share in Marks)
        {
            var y = Y(share * MostUp);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 7}\" y=\"{y + 4:0.0}\" text-anchor=\"end\">{100 * share * MostUp:0} %</text>");
        }

        foreach (var (at, text) in MarksAlong ?? [.. Marks.Select(share => (share * MostAlong, $"{100 * share * MostAlong:0} %"))])
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{X(at):0.0}\" x2=\"{X(at):0.0}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(at):0.0}\" y=\"{Height - Bottom + 17}\" text-anchor=\"middle\">{text}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(Along)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" transform=\"translate(13 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{WebUtility.HtmlEncode(Up)}</text>");
        if (Diagonal)
        {
            var end = Math.Min(MostAlong, MostUp);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"ideal\" x1=\"{X(0)}\" y1=\"{Y(0)}\" x2=\"{X(end):0.0}\" y2=\"{Y(end):0.0}\"/>");
        }

        foreach (var line in lines)
        {
            var points = string.Join(' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.0},{Y(point.Y):0.0}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" stroke=\"{line.Colour}\"{(line.Dashed ? " stroke-dasharray=\"5 4\"" : "")}/>");
        }

        svg.Append("</svg><figcaption><b>").Append(WebUtility.HtmlEncode(Title)).Append("</b><br>");
        svg.AppendJoin(' ', lines.Select(line =>
            $"<span class=\"key\"><i style=\"border-top:3px {(line.Dashed ? "dashed" : "solid")} {line.Colour}\"></i>{WebUtility.HtmlEncode(line.Name)}</span>"));
        return svg.Append("</figcaption></figure>").ToString();
    }

    private double X(double value) => Left + (Math.Clamp(value / MostAlong, 0, 1) * (Width - Left - Right));

    private double Y(double value) => Height - Bottom - (Math.Clamp(value / MostUp, 0, 1) * (Height - Top - Bottom));
}
