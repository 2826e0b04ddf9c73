namespace Spotter.Synthesis;

/// <summary>
/// The pace of one way of a repetition: even but for one place where it slows down, as where a weight is hardest to move (the sticking region; Elliott, Wilson and Kerr,
/// Medicine and Science in Sports and Exercise 21, 1989) or where somebody halts.
/// </summary>
/// <param name="Middle">The middle of the slow stretch, as a share of the way's time; at least <paramref name="Reach"/> from either end.</param>
/// <param name="Depth">How much slower it is in the middle: 0 not at all, 1 stands still.</param>
/// <param name="Reach">From the middle to either end of the slow stretch, as a share of the way's time, above 0 and at most 0.5.</param>
public readonly record struct WayPace(double Middle, double Depth, double Reach)
{
    /// <summary>The same pace all the way.</summary>
    public static WayPace Even { get; } = new(0.5, 0, 0.5);

    /// <summary>How much longer the way takes than evenly at the same pace outside of the slow stretch.</summary>
    public double Stretch => 1 / (1 - (Depth * Reach));

    /// <summary>Which share of the way is done after a share of its time.</summary>
    public double At(double share)
    {
        var x = Math.Clamp(share, 0, 1);

        // The time lost follows a raised cosine about the middle.
        var u = Math.Clamp((x - Middle) / Reach, -1, 1);
        return (x - (Depth * Reach * (u + 1 + (Math.Sin(Math.PI * u) / Math.PI)) / 2)) * Stretch;
    }

    /// <summary>After which share of its time a share of the way is done.</summary>
    public double TimeOf(double share)
    {
        var (before, after) = (0.0, 1.0);
        for (var halving = 0; halving < 40 && Depth > 0; halving++)
        {
            var middle = (before + after) / 2;
            (before, after) = At(middle) < share ? (middle, after) : (before, middle);
        }

        return Depth > 0 ? after : share;
    }
}
