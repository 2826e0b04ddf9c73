using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Spotter.Synthesis;

/// <summary>A fault of a given size, as <c>KIND:SIZE</c> or <c>KIND:SIZE:SIDE</c> on the command line (<c>no-lockout:25</c>, <c>asymmetry:15:left</c>).</summary>
public sealed record Fault : IParsable<Fault>
{
    /// <summary>A fault of a given size.</summary>
    /// <param name="kind">What is wrong.</param>
    /// <param name="size">By how much, in the unit of <see cref="FaultScale"/>.</param>
    /// <param name="side">The side that has it; null for both (for the kinds that need a side: the right).</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is outside what the mannequin can take.</exception>
    /// <exception cref="ArgumentException">The kind has no sides.</exception>
    public Fault(FaultKind kind, double size, Side? side = null)
    {
        var scale = FaultScale.Of(kind);
        if (!(size >= scale.Neutral && size <= scale.Largest))
        {
            throw new ArgumentOutOfRangeException(nameof(size), SizeMessage(scale));
        }

        if (side is not null && !scale.Sided)
        {
            throw new ArgumentException(SideMessage(scale), nameof(side));
        }

        Kind = kind;
        Size = size;
        Side = side ?? (kind is FaultKind.Asymmetry or FaultKind.LateSide ? Synthesis.Side.Right : null);
    }

    /// <summary>What is wrong.</summary>
    public FaultKind Kind { get; }

    /// <summary>By how much, in the unit of <see cref="Scale"/>.</summary>
    public double Size { get; }

    /// <summary>The side that has it; null for both.</summary>
    public Side? Side { get; }

    /// <summary>How this kind is named and measured.</summary>
    public FaultScale Scale => FaultScale.Of(Kind);

    /// <summary>The size relative to what a coach would call wrong (1); 0 is no fault.</summary>
    public double Severity => Scale.SeverityOf(Size);

    /// <summary>Whether the given side has the fault.</summary>
    public bool Concerns(Side side) => Side is null || Side == side;

    /// <summary>Reads <c>KIND:SIZE</c> or <c>KIND:SIZE:SIDE</c>.</summary>
    /// <exception cref="FormatException">The text is no fault; the message says what was expected.</exception>
    public static Fault Parse(string text) => TryParse(text, out var fault, out var error) ? fault : throw new FormatException(error);

    /// <summary>Reads <c>KIND:SIZE</c> or <c>KIND:SIZE:SIDE</c>; on failure <paramref name="error"/> says what was expected.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Fault? fault, [NotNullWhen(false)] out string? error)
    {
        fault = null;
        var parts = (text ?? string.Empty).Split(':');
        var scale = FaultScale.All.FirstOrDefault(known => known.Name == parts[0]);
        if (scale is null)
        {
            error = $"'{parts[0]}' is not a fault; the faults are {string.Join(", ", FaultScale.All.Select(known => known.Name))}.";
            return false;
        }

        if (parts.Length is < 2 or > 3)
        {
            error = $"'{text}' should be {scale.Name}:SIZE{(scale.Sided ? " or " + scale.Name + ":SIZE:right" : string.Empty)}, with the size in {scale.Unit}.";
            return false;
        }

        if (!double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var size)
            || !(size >= scale.Neutral && size <= scale.Largest))
        {
            error = $"'{parts[1]}' is no size: {SizeMessage(scale)}";
            return false;
        }

        Side? side = null;
        if (parts.Length == 3)
        {
            if (!scale.Sided)
            {
                error = SideMessage(scale);
                return false;
            }

            side = parts[2] switch { "right" => Synthesis.Side.Right, "left" => Synthesis.Side.Left, _ => null };
            if (side is null)
            {
                error = $"'{parts[2]}' is no side; say right or left.";
                return false;
            }
        }

        fault = new Fault(scale.Kind, size, side);
        error = null;
        return true;
    }

    /// <inheritdoc/>
    static Fault IParsable<Fault>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<Fault>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Fault result) =>
        TryParse(s, out result, out _);

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Scale.Name}:{Size}")
        + Side switch { Synthesis.Side.Right => ":right", Synthesis.Side.Left => ":left", _ => string.Empty };

    private static string SizeMessage(FaultScale scale) =>
        string.Create(CultureInfo.InvariantCulture, $"{scale.Name} takes {scale.Neutral} to {scale.Largest} {scale.Unit}.");

    private static string SideMessage(FaultScale scale) => $"{scale.Name} concerns the whole body and takes no side.";
}
