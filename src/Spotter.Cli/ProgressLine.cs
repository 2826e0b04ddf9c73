using System.Diagnostics;
using System.Globalization;

namespace Spotter.Cli;

/// <summary>One line of progress on stderr that overwrites itself; silent where stderr is no terminal.</summary>
internal sealed class ProgressLine : IProgress<CheckProgress>, IDisposable
{
    private readonly Stopwatch sinceLast = Stopwatch.StartNew();
    private readonly bool shown = !Console.IsErrorRedirected;

    public void Report(CheckProgress value)
    {
        // A few times a second is enough for the eye and costs nothing.
        if (!shown || (sinceLast.ElapsedMilliseconds < 100 && value.Frames < value.FramesExpected))
        {
            return;
        }

        sinceLast.Restart();
        var share = value.FramesExpected > 0 ? Math.Min(100, 100 * value.Frames / value.FramesExpected) : 0;
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value.Stage} {share,3} %  frame {value.Frames} of about {value.FramesExpected}   "));
    }

    /// <summary>Removes the line, so that what follows starts on a clean one.</summary>
    public void Clear()
    {
        if (shown)
        {
            Console.Error.Write("\r" + new string(' ', 70) + "\r");
        }
    }

    public void Dispose() => Clear();
}
