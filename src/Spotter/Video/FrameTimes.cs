using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Spotter.Video;

/// <summary>
/// The times of the frames that come out of ffmpeg's pipe, as its <c>metadata</c> filter prints them on stderr for each frame that passes.
/// Unlike packet times from the container these are of frames that were really decoded, in the order in which they are shown.
/// </summary>
internal sealed partial class FrameTimes
{
    /// <summary>End of the filter chain: prints each frame's time in microseconds.</summary>
    public const string Filter = @"settb=1/1000000,metadata=mode=add:key=spotter:value=1,metadata=mode=print:key=spotter:file='pipe\:2':direct=1";

    private const double SmallestStep = 0.001;

    private readonly Channel<double> printed = Channel.CreateUnbounded<double>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly double usualStep;
    private double last = double.NegativeInfinity;

    /// <summary>For a clip of the given rate, which is used where a frame carries no time.</summary>
    public FrameTimes(double framesPerSecond) => usualStep = 1 / framesPerSecond;

    /// <summary>Takes a line of stderr; answers whether it told a time.</summary>
    public bool Take(string line)
    {
        if (line == "spotter=1")
        {
            return true;
        }

        var match = PrintedTime().Match(line);
        if (!match.Success)
        {
            return false;
        }

        const double Microsecond = 1e-6;
        var known = long.TryParse(match.Groups["pts"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var pts);
        printed.Writer.TryWrite(known ? pts * Microsecond : double.NaN);
        return true;
    }

    /// <summary>Without this, a frame whose line never came would be waited for beyond the child's end.</summary>
    public async Task CompleteAfterAsync(Task silence)
    {
        await silence;
        printed.Writer.TryComplete();
    }

    /// <summary>Seconds of the next frame, from the start of the clip; always later than the one before.</summary>
    public async ValueTask<double> NextAsync(CancellationToken cancellationToken)
    {
        var time = await printed.Reader.WaitToReadAsync(cancellationToken) && printed.Reader.TryRead(out var told) ? told : double.NaN;
        var first = double.IsNegativeInfinity(last);
        if (double.IsNaN(time))
        {
            time = first ? 0 : last + usualStep;
        }

        last = first ? Math.Max(time, 0) : Math.Max(time, last + SmallestStep);
        return last;
    }

    [GeneratedRegex(@"frame:\d+\s+pts:(?<pts>-?\d+|NOPTS)\s+pts_time:", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PrintedTime();
}
