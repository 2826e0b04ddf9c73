namespace Spotter.Tests.Poses;

/// <summary>The height of a wrist in six repetitions of a press: minimum-jerk movements between rests; and how far a filtered version lags and jitters.</summary>
internal static class SyntheticPress
{
    /// <summary>One number for each frame, 0 at the bottom.</summary>
    public static double[] Wrist(double secondsUp, double framesPerSecond, double range)
    {
        var heights = new List<double>();
        void Move(double from, double to, double seconds)
        {
            var frames = (int)(seconds * framesPerSecond);
            for (var i = 0; i < frames; i++)
            {
                var t = (double)i / frames;
                heights.Add(from + ((to - from) * t * t * t * (10 - (15 * t) + (6 * t * t))));
            }
        }

        Move(0, 0, 0.7);
        for (var repetition = 0; repetition < 6; repetition++)
        {
            Move(0, range, secondsUp);
            Move(range, range, 0.25);
            Move(range, 0, 1.3 * secondsUp);
            Move(0, 0, 0.3);
        }

        Move(0, 0, 1);
        return [.. heights];
    }

    public static double[] WithNoise(double[] values, double deviation)
    {
        var random = new Random(4);
        return Array.ConvertAll(values, value => value + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble())));
    }

    /// <summary>Frames by which the second must be moved back to fit the first best.</summary>
    public static double Lag(double[] truth, double[] filtered)
    {
        double Error(double lag)
        {
            var sum = 0.0;
            for (var frame = 10; frame < truth.Length - 10; frame++)
            {
                var at = frame - lag;
                var (whole, part) = ((int)Math.Floor(at), at - Math.Floor(at));
                var delayed = truth[whole] + (part * (truth[whole + 1] - truth[whole]));
                sum += (delayed - filtered[frame]) * (delayed - filtered[frame]);
            }

            return sum;
        }

        return Enumerable.Range(-50, 350).Select(i => i * 0.02).MinBy(Error);
    }

    /// <summary>Root mean square of the change from frame to frame.</summary>
    public static double Jitter(double[] values) =>
        Math.Sqrt(values.Skip(1).Zip(values, (after, before) => (after - before) * (after - before)).Average());
}
