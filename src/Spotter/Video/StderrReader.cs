using System.Text;
using System.Text.RegularExpressions;

namespace Spotter.Video;

/// <summary>Reads a child's stderr to its end in bounded memory: over-long lines are cut and only the last few messages are kept.</summary>
internal sealed partial class StderrReader
{
    private const int LongestLine = 500;
    private const int KeptLines = 4;

    private readonly Func<string, bool>? onLine;
    private readonly Queue<string> kept = new();
    private readonly StringBuilder line = new();

    /// <summary>Starts reading.</summary>
    /// <param name="stream">The child's stderr.</param>
    /// <param name="onLine">Sees each line first; a line that it accepts is not a message.</param>
    public StderrReader(Stream stream, Func<string, bool>? onLine)
    {
        this.onLine = onLine;
        Completion = Task.Factory.StartNew(() => Read(stream), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Ends when the child has closed its stderr.</summary>
    public Task Completion { get; }

    /// <summary>The last messages, in one line.</summary>
    public string LastWords
    {
        get
        {
            lock (kept)
            {
                return string.Join("; ", kept);
            }
        }
    }

    private void Read(Stream stream)
    {
        var buffer = new byte[4096];
        try
        {
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                foreach (var character in buffer.AsSpan(0, count))
                {
                    Take(character);
                }
            }
        }
        catch (IOException)
        {
            // The child was killed while we read.
        }

        Take((byte)'\n');
    }

    private void Take(byte character)
    {
        if (character is not ((byte)'\n' or (byte)'\r'))
        {
            if (line.Length < LongestLine)
            {
                line.Append(char.IsAsciiLetterOrDigit((char)character) || char.IsBetween((char)character, ' ', '~') ? (char)character : '?');
            }

            return;
        }

        var text = line.ToString();
        line.Clear();
        if (text.Length == 0 || onLine?.Invoke(text) == true)
        {
            return;
        }

        text = Origin().Replace(text, "").Trim();
        lock (kept)
        {
            if (text.Length > 0 && !kept.Contains(text))
            {
                kept.Enqueue(text);
                if (kept.Count > KeptLines)
                {
                    kept.Dequeue();
                }
            }
        }
    }

    [GeneratedRegex(@"^\[[^\]]* @ 0x[0-9a-f]+\]\s*|\s*Last message repeated \d+ times", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Origin();
}
