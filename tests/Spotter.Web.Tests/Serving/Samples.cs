using Spotter.Tests;

namespace Spotter.Web.Tests.Serving;

/// <summary>Clips that come with the repository.</summary>
internal static class Samples
{
    public static string Good { get; } = Path.Combine(SharedData.Repository, "samples", "press-good.mp4");

    public static string NoLockout { get; } = Path.Combine(SharedData.Repository, "samples", "press-no-lockout.mp4");

    /// <summary><see cref="Good"/> with half of its frames and a quarter of its pixels, which is judged sooner.</summary>
    public static string SmallGood { get; } = Shrink(Good);

    /// <summary><see cref="NoLockout"/> with half of its frames and a quarter of its pixels, which is judged sooner.</summary>
    public static string SmallNoLockout { get; } = Shrink(NoLockout);

    // Stays beside the tests, for the next run.
    private static string Shrink(string clip)
    {
        var small = Path.Combine(AppContext.BaseDirectory, "small-" + Path.GetFileName(clip));
        if (File.GetLastWriteTimeUtc(small) < File.GetLastWriteTimeUtc(clip))
        {
            var unfinished = small + ".part";
            using var process = System.Diagnostics.Process.Start(
                "ffmpeg", ["-nostdin", "-v", "error", "-y", "-i", clip, "-vf", "fps=15,scale=270:480", "-c:v", "libx264", "-crf", "18", "-f", "mp4", unfinished]);
            process.WaitForExit();
            Xunit.Assert.Equal(0, process.ExitCode);
            File.Move(unfinished, small, overwrite: true);
        }

        return small;
    }
}
