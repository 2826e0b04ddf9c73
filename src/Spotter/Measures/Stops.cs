namespace Spotter.Measures;

/// <summary>Finds where a movement gets on no further.</summary>
internal static class Stops
{
    /// <summary>Seconds of the longest stretch between two of some frames in which a movement gets on by no more than a share of its way.</summary>
    /// <param name="frames">The frames at which a stretch may begin and end, in order.</param>
    /// <param name="shares">How far the movement is in each frame, those between the ones above as well.</param>
    /// <param name="times">Time of each frame, seconds.</param>
    /// <param name="most">The share, at least 0.</param>
    public static double Longest(ReadOnlySpan<int> frames, ReadOnlySpan<double> shares, ReadOnlySpan<double> times, double most)
    {
        // Of the frames of the stretch those that no later one surpasses: the first is its lowest, or highest.
        LinkedList<int> low = [], high = [];
        var (longest, first, next) = (0.0, 0, frames.IsEmpty ? 0 : frames[0]);
        foreach (var last in frames)
        {
            for (; next <= last; next++)
            {
                while (low.Last is { Value: var frame } && shares[frame] >= shares[next])
                {
                    low.RemoveLast();
                }

                while (high.Last is { Value: var frame } && shares[frame] <= shares[next])
                {
                    high.RemoveLast();
                }

                low.AddLast(next);
                high.AddLast(next);
            }

            while (shares[high.First!.Value] - shares[low.First!.Value] > most)
            {
                first++;
                DropBefore(low, frames[first]);
                DropBefore(high, frames[first]);
            }

            longest = Math.Max(longest, times[last] - times[frames[first]]);
        }

        return longest;
    }

    private static void DropBefore(LinkedList<int> frames, int first)
    {
        while (frames.First!.Value < first)
        {
            frames.RemoveFirst();
        }
    }
}
