using System.Globalization;

namespace Spotter.Web.Pages;

/// <summary>Values over time as a small drawing of 300 × 110 units.</summary>
internal sealed class Trend
{
    private const double Axis = 46;
    private const double Left = 54;
    private const double Right = 294;
    private const double Top = 10;
    private const double Bottom = 88;
    private const double MiddleOfLetters = 4;

    // Where every value further out is good too, the band goes past the end of the axis.
    private const double Beyond = 6;

    /// <summary>Draws.</summary>
    /// <param name="name">What is drawn.</param>
    /// <param name="points">The values, oldest first; at least one.</param>
    /// <param name="low">Lower end of the good values; null where lower ones are good too.</param>
    /// <param name="high">Upper end of the good values; null where higher ones are good too.</param>
    /// <param name="text">Writes a value for people.</param>
    public Trend(string name, IReadOnlyList<TrendPoint> points, double? low, double? high, Func<double, string> text)
    {
        Name = name;
        var (from, to) = (Math.Min(points.Min(point => point.Value), low ?? double.MaxValue), Math.Max(points.Max(point => point.Value), high ?? double.MinValue));
        var (first, last) = (points[0].When, points[^1].When);
        double X(DateTimeOffset when) => last > first ? Left + ((Right - Left) * ((when - first) / (last - first))) : (Left + Right) / 2;
        double Y(double value) => to > from ? Bottom - ((Bottom - Top) * (value - from) / (to - from)) : (Top + Bottom) / 2;
        Dots = [.. points.Select(point => new Dot(Number(X(point.When)), Number(Y(point.Value)), point.Id, point.IsGood, text(point.Value), point.When.UtcDateTime))];
        Line = "M" + string.Join('L', Dots.Select(dot => $"{dot.X} {dot.Y}"));
        var (above, below) = (high is { } highest ? Y(highest) : Top - Beyond, low is { } lowest ? Y(lowest) : Bottom + Beyond);
        Band = low is null && high is null ? null : (Number(above), Number(Math.Max(2, below - above)));
        Latest = text(points[^1].Value);
        Ticks = to > from ? [(Number(Y(to) + MiddleOfLetters), text(to)), (Number(Y(from) + MiddleOfLetters), text(from))] : [(Number(Y(from) + MiddleOfLetters), text(from))];
        (First, Last) = (first, last);
    }

    /// <summary>Where the drawing begins, right of what stands at the axis of values.</summary>
    public static string Start => Number(Axis);

    /// <summary>How wide the drawing is.</summary>
    public static string Width => Number(300 - Axis);

    public string Name { get; }

    /// <summary>The ends of the axis of values: where they stand, and the values in words.</summary>
    public IReadOnlyList<(string Y, string Text)> Ticks { get; }

    public string Latest { get; }

    public DateTimeOffset First { get; }

    public DateTimeOffset Last { get; }

    public string Line { get; }

    public (string Y, string Height)? Band { get; }

    public IReadOnlyList<Dot> Dots { get; }

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>One value, drawn.</summary>
    internal sealed record Dot(string X, string Y, string Id, bool IsGood, string Value, DateTime When)
    {
        /// <summary>The moment, for the browser, which knows the reader's own day.</summary>
        public string Stamp => When.ToString("O", CultureInfo.InvariantCulture);

        /// <summary>The value and its day, in words.</summary>
        public string Text => $"{When.ToString("d", CultureInfo.CurrentCulture)}: {Value}";
    }
}

/// <summary>One value of one result.</summary>
/// <param name="When">When the clip was handed in.</param>
/// <param name="Value">The value.</param>
/// <param name="Id">The result.</param>
/// <param name="IsGood">Whether its set was good.</param>
internal sealed record TrendPoint(DateTimeOffset When, double Value, string Id, bool IsGood);
