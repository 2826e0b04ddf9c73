namespace Spotter.Poses;

/// <summary>
/// A low-pass filter whose cutoff rises with speed: still values are smoothed strongly, fast ones hardly, so it removes jitter without lagging.
/// </summary>
/// <remarks>G. Casiez, N. Roussel, D. Vogel, "1 € Filter: A Simple Speed-based Low-pass Filter for Noisy Input in Interactive Systems", CHI 2012.</remarks>
/// <param name="minimumCutoff">Cutoff at rest, hertz: lower means smoother.</param>
/// <param name="beta">How much the cutoff rises with speed, hertz per (unit of the scaled value per second): higher means less lag.</param>
/// <param name="derivativeCutoff">Cutoff of the speed's own filter, hertz.</param>
public sealed class OneEuroFilter(double minimumCutoff, double beta, double derivativeCutoff = 1)
{
    private bool started;
    private double lastTime;
    private double lastRaw;
    private double smooth;
    private double speed;

    /// <summary>Smooths the next value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="seconds">Its time; a value that is not later than the one before comes back unchanged.</param>
    /// <param name="scale">Turns the value into the units in which <c>beta</c> is meant, such as 1 / body size.</param>
    public double Apply(double value, double seconds, double scale = 1)
    {
        if (!started)
        {
            (started, lastTime, lastRaw, smooth, speed) = (true, seconds, value, value, 0);
            return value;
        }

        var elapsed = seconds - lastTime;
        if (!(elapsed > 0))
        {
            return value;
        }

        speed = Blend(speed, (value - lastRaw) * scale / elapsed, derivativeCutoff, elapsed);
        smooth = Blend(smooth, value, minimumCutoff + (beta * Math.Abs(speed)), elapsed);
        (lastTime, lastRaw) = (seconds, value);
        return smooth;
    }

    /// <summary>Forgets what came before.</summary>
    public void Reset() => started = false;

    private static double Blend(double before, double now, double cutoff, double elapsed)
    {
        var tau = 1 / (Math.Tau * cutoff);
        return before + ((now - before) / (1 + (tau / elapsed)));
    }
}
