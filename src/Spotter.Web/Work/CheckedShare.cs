using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>Turns frames done into progress with the time left.</summary>
internal sealed class CheckedShare(IProgress<JobProgress> progress, TimeProvider time) : IProgress<CheckProgress>
{
    // Drawing and encoding a frame takes about half of the time that finding the body takes.
    private const double AnnotateWeight = 0.5;

    private readonly long start = time.GetTimestamp();

    public void Report(CheckProgress value)
    {
        var told = new JobProgress(value.Stage, value.Frames, value.FramesExpected);
        var share = Of(told);
        progress.Report(share > 0 ? told with { SecondsLeft = time.GetElapsedTime(start).TotalSeconds / share * (1 - share) } : told);
    }

    /// <summary>Share of the whole work that is done, 0 to 1; 0 where the number of frames is unknown.</summary>
    public static double Of(JobProgress progress)
    {
        var stage = progress.Expected > 0 ? Math.Min(1, (double)progress.Done / progress.Expected) : 0;
        return (progress.Stage == "pose" ? stage : 1 + (AnnotateWeight * stage)) / (1 + AnnotateWeight);
    }
}
