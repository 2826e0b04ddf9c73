namespace Spotter.Repetitions;

/// <summary>The turning points of a signal as a chain, out of which pairs that are no movement of their own are taken.</summary>
internal sealed class SwingChain
{
    private const int None = -1;

    private readonly List<TurningPoint> points;
    private readonly double[] heights;
    private readonly int[] before;
    private readonly int[] after;
    private readonly double share;

    private SwingChain(ReadOnlySpan<double> signal, List<TurningPoint> points, double share)
    {
        (this.points, this.share) = (points, share);
        heights = new double[points.Count];
        before = new int[points.Count];
        after = new int[points.Count];
        for (var at = 0; at < points.Count; at++)
        {
            (heights[at], before[at], after[at]) = (signal[points[at].Frame], at - 1, at + 1 < points.Count ? at + 1 : None);
        }
    }

    /// <summary>The turning points that are left when the hitches are taken out, the smallest first, and then the bounces, the first one first.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="points">Its turning points, tops and bottoms in turn.</param>
    /// <param name="share">A swing smaller than this share of those around it is no movement of its own.</param>
    public static List<TurningPoint> Joined(ReadOnlySpan<double> signal, List<TurningPoint> points, double share)
    {
        if (points.Count == 0)
        {
            return points;
        }

        var chain = new SwingChain(signal, points, share);
        chain.JoinHitches();
        chain.JoinBounces();
        List<TurningPoint> left = [];
        for (var at = 0; at != None; at = chain.after[at])
        {
            left.Add(points[at]);
        }

        return left;
    }

    private void JoinHitches()
    {
        var hitches = new PriorityQueue<int, (double Size, int At)>();
        for (var at = 0; at != None; at = after[at])
        {
            Note(at);
        }

        while (hitches.TryDequeue(out var at, out var noted))
        {
            // What was joined since is gone or larger.
            if (after[at] != None && IsHitch(at) && Size(at) == noted.Size)
            {
                var start = before[at];
                TakeOut(at);
                Note(before[start]);
                Note(start);
                Note(after[start]);
            }
        }

        void Note(int at)
        {
            if (at != None && IsHitch(at))
            {
                hitches.Enqueue(at, (Size(at), at));
            }
        }
    }

    private void JoinBounces()
    {
        for (var at = 0; at != None;)
        {
            if (!IsBounce(at))
            {
                at = after[at];
                continue;
            }

            // The top before has another swing beside it now.
            var bottom = before[at];
            TakeOut(at);
            at = before[bottom] == None ? bottom : before[bottom];
        }
    }

    private bool IsHitch(int at) =>
        HasSwing(at) && HasSwing(before[at]) && HasSwing(after[at]) && Size(at) < share * Math.Min(Size(before[at]), Size(after[at]));

    private bool IsBounce(int top)
    {
        if (!points[top].IsTop || before[top] == None || after[top] == None)
        {
            return false;
        }

        var (down, bottom, up) = (before[before[top]], before[top], after[top]);
        return Math.Max(Size(bottom), Size(top)) < share * Math.Max(HasSwing(down) ? Size(down) : 0, HasSwing(up) ? Size(up) : 0)
            && (!HasSwing(up) || Math.Abs(heights[after[up]] - heights[bottom]) >= Math.Min(Size(bottom), Size(top))); // what is left is no smaller than what goes
    }

    private bool HasSwing(int from) => from != None && after[from] != None;

    private double Size(int from) => Math.Abs(heights[after[from]] - heights[from]);

    // A turning point and the next; the first of all stays.
    private void TakeOut(int at)
    {
        var (start, end) = (before[at], after[after[at]]);
        after[after[at]] = after[at] = None;
        after[start] = end;
        if (end != None)
        {
            before[end] = start;
        }
    }
}
