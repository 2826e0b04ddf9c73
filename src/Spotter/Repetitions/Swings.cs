namespace Spotter.Repetitions;

/// <summary>A turning point of a signal.</summary>
/// <param name="Frame">Where.</param>
/// <param name="IsTop">Whether the signal is high there.</param>
internal readonly record struct TurningPoint(int Frame, bool IsTop);

/// <summary>The large swings of a signal, small ones between them ignored.</summary>
internal static class Swings
{
    /// <summary>
    /// A swing smaller than this share of those around it is no movement of its own. A swing back that is smaller than the swings before and
    /// after it is a hitch in one movement (or a joint that the estimator lost for a moment); up and back by less than the way up that
    /// follows, or the way down before, is a bounce at the bottom.
    /// </summary>
    private const double HitchShare = 0.4;

    /// <summary>
    /// Turning points, tops and bottoms in turn, between which the signal moves by at least <paramref name="prominence"/>. The first is the
    /// extreme of the signal before its first large swing, the last the extreme after its last one. Empty when there is no large swing.
    /// </summary>
    public static List<TurningPoint> Find(ReadOnlySpan<double> signal, double prominence)
    {
        List<TurningPoint> points = [];
        int low = 0, high = 0;
        bool? rising = null;
        for (var frame = 0; frame < signal.Length; frame++)
        {
            if (rising != false && signal[frame] > signal[high])
            {
                high = frame;
            }

            if (rising != true && signal[frame] < signal[low])
            {
                low = frame;
            }

            if (rising != true && signal[frame] - signal[low] >= prominence)
            {
                points.Add(new TurningPoint(low, IsTop: false));
                rising = true;
                high = frame;
            }
            else if (rising != false && signal[high] - signal[frame] >= prominence)
            {
                points.Add(new TurningPoint(high, IsTop: true));
                rising = false;
                low = frame;
            }
        }

        if (rising is { } upwards)
        {
            points.Add(new TurningPoint(upwards ? high : low, upwards));
        }

        return SwingChain.Joined(signal, points, HitchShare);
    }
}
