using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web.Killing;

/// <summary>Work that takes a moment and stores one small file that says which attempt made it.</summary>
internal sealed class FakeWork(IClipStore clips, Scratch scratch) : IJobWork
{
    public const string ResultFile = "report.json";
    private const int LongestStep = 200; // milliseconds

    public string Kind => ClipRequest.Kind;

    public static void Replace(IServiceCollection services)
    {
        services.RemoveAll<IJobWork>();
        services.AddSingleton<IJobWork, FakeWork>();
    }

    public async Task<string> RunAsync(Job job, string attempt, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        using var atWork = KillableWorker.AtWork();
        using var folder = scratch.NewFolder();
        var clip = await clips.FetchAsync(ClipName.Original(job.Id), folder.Path, cancellationToken);
        progress.Report(new JobProgress("pose", 1, 2));
        await Task.Delay(Random.Shared.Next(LongestStep), cancellationToken);
        var result = folder.File(ResultFile);
        await File.WriteAllTextAsync(result, attempt + await File.ReadAllTextAsync(clip, cancellationToken), cancellationToken);
        await clips.SaveAsync(new ClipName(job.Id, attempt, ResultFile), result, cancellationToken);
        await Task.Delay(Random.Shared.Next(LongestStep), cancellationToken);
        return new ClipOutcome { Attempt = attempt, Verdict = Scoring.Verdict.Correct, Files = [ResultFile] }.ToJson();
    }
}
