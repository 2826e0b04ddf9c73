using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Spotter.Scoring;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Serving;

/// <summary>Stands in for the judging where a test is about what goes on around it: stores one small file, after waiting to be let on.</summary>
internal sealed class QuickWork(IClipStore clips, Scratch scratch) : IJobWork
{
    public SemaphoreSlim Gate { get; } = new(0);

    public Exception? Failure { get; set; }

    public int Started { get; private set; }

    public string Kind => ClipRequest.Kind;

    public static void Replace(IServiceCollection services)
    {
        services.RemoveAll<IJobWork>();
        services.AddSingleton<QuickWork>().AddSingleton<IJobWork>(provider => provider.GetRequiredService<QuickWork>());
    }

    public async Task<string> RunAsync(Job job, string attempt, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        Started++;
        progress.Report(new JobProgress("pose", 3, 10, 7));
        await Gate.WaitAsync(cancellationToken);
        if (Failure is not null)
        {
            throw Failure;
        }

        using var folder = scratch.NewFolder();
        await File.WriteAllTextAsync(folder.File(ResultFiles.Report), "{}", cancellationToken);
        await clips.SaveAsync(new ClipName(job.Id, attempt, ResultFiles.Report), folder.File(ResultFiles.Report), cancellationToken);
        return new ClipOutcome { Attempt = attempt, Verdict = Verdict.Correct, Files = [ResultFiles.Report] }.ToJson();
    }
}
