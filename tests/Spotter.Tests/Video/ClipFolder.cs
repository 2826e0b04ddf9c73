using System.Diagnostics;

namespace Spotter.Tests.Video;

/// <summary>A folder of its own for one test, and clips that ffmpeg makes into it.</summary>
internal sealed class ClipFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("spotter-video-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Runs ffmpeg and answers the full path of the clip that it made.</summary>
    /// <param name="name">File name of the clip.</param>
    /// <param name="arguments">Arguments between the source and the name, separated by blanks.</param>
    /// <param name="source">lavfi source of the picture; a moving test pattern with a frame counter.</param>
    public string Make(string name, string arguments, string source = "testsrc2=size=160x120:rate=30:duration=1")
    {
        Run(["-f", "lavfi", "-i", source, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "file:" + this[name]]);
        return this[name];
    }

    /// <summary>Runs ffmpeg with any arguments.</summary>
    public static void Run(IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]) { UseShellExecute = false, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }

    /// <summary>Whether the installed ffmpeg can encode with this encoder.</summary>
    public static bool HasEncoder(string name)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-h", "encoder=" + name]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.StartsWith("Encoder " + name, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
