namespace Spotter.OneClass;

/// <summary>
/// Solves min ½ αᵀQα subject to 0 ≤ α ≤ 1 and Σα = νn by moving two coefficients at a time. The pair is chosen with second-order
/// information: R.-E. Fan, P.-H. Chen, C.-J. Lin, "Working set selection using second order information for training support vector machines",
/// JMLR 6 (2005), WSS 2. Shrinking and the starting point follow C.-C. Chang, C.-J. Lin, "LIBSVM: a library for support vector machines",
/// ACM TIST 2 (2011), sections 4.1.4 and 5.1, so that the results can be compared with it value by value.
/// </summary>
internal sealed class SequentialMinimalOptimization
{
    // Stands in for a curvature that rounding made zero or negative (Fan et al., section 2, τ).
    private const double SmallestCurvature = 1e-12;

    private readonly int count;
    private readonly double tolerance;
    private readonly KernelCache cache;
    private readonly int[] order; // sample at each position
    private readonly double[] alpha;
    private readonly double[] gradient; // Qα; stale beyond the active samples until restored
    private int active;

    private SequentialMinimalOptimization(double[][] samples, double gamma, OneClassSvmOptions options)
    {
        count = samples.Length;
        tolerance = options.Tolerance;
        cache = new KernelCache(new RbfKernel(samples, gamma), count, options.CacheMegabytes);
        order = [.. Enumerable.Range(0, count)];
        gradient = new double[count];
        active = count;
        alpha = StartingPoint(count, options.Nu);
    }

    /// <summary>The optimal coefficients, one for each sample, and the offset ρ of the decision function.</summary>
    public static (double[] Alpha, double Offset) Solve(
        double[][] samples, double gamma, OneClassSvmOptions options, CancellationToken cancellationToken)
    {
        var solver = new SequentialMinimalOptimization(samples, gamma, options);
        solver.Run(options.Shrinking, cancellationToken);
        var result = new double[samples.Length];
        for (var position = 0; position < result.Length; position++)
        {
            result[solver.order[position]] = solver.alpha[position];
        }

        return (result, solver.Offset());
    }

    private static double[] StartingPoint(int count, double nu)
    {
        var start = new double[count];
        var full = (int)(nu * count);
        start.AsSpan(0, full).Fill(1);
        if (full < count)
        {
            start[full] = (nu * count) - full;
        }

        return start;
    }

    private void Run(bool shrinking, CancellationToken cancellationToken)
    {
        AddToGradient(0, cancellationToken);
        var limit = Math.Max(10_000_000L, 100L * count);
        var shrinkPeriod = Math.Min(count, 1000);
        var untilShrink = shrinkPeriod;
        var restored = false;
        for (var iteration = 0L; iteration < limit; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (shrinking && --untilShrink == 0)
            {
                untilShrink = shrinkPeriod;
                restored = Shrink(restored, cancellationToken);
            }

            if (!TrySelect(out var up, out var down))
            {
                if (active == count)
                {
                    return;
                }

                Restore(cancellationToken);
                untilShrink = 1;
                if (!TrySelect(out up, out down))
                {
                    return;
                }
            }

            Move(up, down);
        }

        Restore(cancellationToken);
    }

    /// <summary>Adds the share of every non-zero coefficient to the gradient from position <paramref name="start"/> on.</summary>
    private void AddToGradient(int start, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            if (alpha[i] == 0)
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            var row = cache.Row(i, count);
            for (var k = start; k < count; k++)
            {
                gradient[k] += alpha[i] * row[k];
            }
        }
    }

    /// <summary>
    /// The coefficient to raise, where the objective falls most steeply, and the one to lower, whose pair with it promises the largest fall.
    /// False when no pair violates the optimality conditions by more than the tolerance.
    /// </summary>
    private bool TrySelect(out int up, out int down)
    {
        up = -1;
        down = -1;
        var lowest = double.PositiveInfinity;
        for (var t = 0; t < active; t++)
        {
            if (alpha[t] < 1 && gradient[t] <= lowest)
            {
                lowest = gradient[t];
                up = t;
            }
        }

        if (up < 0)
        {
            return false;
        }

        var row = cache.Row(up, active);
        var highest = double.NegativeInfinity;
        var largestFall = 0.0;
        for (var t = 0; t < active; t++)
        {
            if (alpha[t] <= 0)
            {
                continue;
            }

            highest = Math.Max(highest, gradient[t]);
            var difference = gradient[t] - lowest;
            if (difference > 0)
            {
                var fall = difference * difference / Curvature(row[t]);
                if (fall >= largestFall)
                {
                    largestFall = fall;
                    down = t;
                }
            }
        }

        return highest - lowest >= tolerance && down >= 0;
    }

    // The kernel of a sample with itself is 1, so the second derivative along the pair's direction is 1 + 1 − 2K.
    private static double Curvature(float kernel)
    {
        var curvature = 2 - (2.0 * kernel);
        return curvature > 0 ? curvature : SmallestCurvature;
    }

    /// <summary>Shifts weight from one coefficient to the other up to the optimum on that line or the nearest bound.</summary>
    private void Move(int up, int down)
    {
        var upRow = cache.Row(up, active);
        var downRow = cache.Row(down, active);
        var sum = alpha[up] + alpha[down];
        var shift = (gradient[down] - gradient[up]) / Curvature(upRow[down]);
        var (oldUp, oldDown) = (alpha[up], alpha[down]);

        // Bounds are assigned, not computed, so that a coefficient at a bound equals it exactly.
        var newUp = Math.Min(oldUp + shift, Math.Min(1, sum));
        alpha[up] = newUp;
        alpha[down] = newUp == sum ? 0 : sum - newUp;
        var (deltaUp, deltaDown) = (alpha[up] - oldUp, alpha[down] - oldDown);
        var stale = gradient.AsSpan(0, active);
        for (var k = 0; k < stale.Length; k++)
        {
            stale[k] += (upRow[k] * deltaUp) + (downRow[k] * deltaDown);
        }
    }

    /// <summary>Sets aside the samples whose coefficient is at a bound and wants to stay there; returns whether all were brought back once before.</summary>
    private bool Shrink(bool restored, CancellationToken cancellationToken)
    {
        var (lowest, highest) = Extremes();
        if (!restored && highest - lowest <= tolerance * 10)
        {
            // Close to the end what was set aside early may be wrong: look at everything once more.
            restored = true;
            Restore(cancellationToken);
            (lowest, highest) = Extremes();
        }

        for (var i = 0; i < active; i++)
        {
            if (!Settled(i, lowest, highest))
            {
                continue;
            }

            for (active--; active > i; active--)
            {
                if (!Settled(active, lowest, highest))
                {
                    Swap(i, active);
                    break;
                }
            }
        }

        return restored;
    }

    private (double LowestOfRaisable, double HighestOfLowerable) Extremes()
    {
        var lowest = double.PositiveInfinity;
        var highest = double.NegativeInfinity;
        for (var t = 0; t < active; t++)
        {
            lowest = alpha[t] < 1 ? Math.Min(lowest, gradient[t]) : lowest;
            highest = alpha[t] > 0 ? Math.Max(highest, gradient[t]) : highest;
        }

        return (lowest, highest);
    }

    private bool Settled(int i, double lowest, double highest) =>
        (alpha[i] >= 1 && gradient[i] < lowest) || (alpha[i] <= 0 && gradient[i] > highest);

    private void Swap(int first, int second)
    {
        cache.Swap(first, second);
        (order[first], order[second]) = (order[second], order[first]);
        (alpha[first], alpha[second]) = (alpha[second], alpha[first]);
        (gradient[first], gradient[second]) = (gradient[second], gradient[first]);
    }

    private void Restore(CancellationToken cancellationToken)
    {
        if (active == count)
        {
            return;
        }

        gradient.AsSpan(active).Clear();
        AddToGradient(active, cancellationToken);
        active = count;
    }

    /// <summary>ρ: the gradient of the free coefficients, which is the same for all at the optimum; else the middle of what the bounds allow.</summary>
    private double Offset()
    {
        var (sum, free) = (0.0, 0);
        for (var i = 0; i < count; i++)
        {
            if (alpha[i] is > 0 and < 1)
            {
                sum += gradient[i];
                free++;
            }
        }

        if (free > 0)
        {
            return sum / free;
        }

        var (lowest, highest) = Extremes();

        // With ν = 1 every coefficient is 1 and nothing bounds ρ from above: the smallest allowed value keeps it finite.
        return double.IsFinite(lowest) ? (lowest + highest) / 2 : highest;
    }
}
