using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spotter.Packs;
using Spotter.Video;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>Claims jobs, does them and commits what came out. Any number of these may run, here and on other machines.</summary>
internal sealed partial class JobWorker(
    IJobStore jobs, IClipStore clips, IEnumerable<IJobWork> works, ServeOptions options, TimeProvider time, ILogger<JobWorker> log) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IJobWork> works = works.ToDictionary(work => work.Kind, StringComparer.Ordinal);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Enumerable.Range(1, options.Workers).Select(number => Task.Run(() => WorkAsync(number, stoppingToken), stoppingToken)));

    private async Task WorkAsync(int number, CancellationToken stopping)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}:{number}");
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await jobs.ClaimAsync(name, stopping) is { } claimed)
                {
                    await RunAsync(claimed, stopping);
                }
                else
                {
                    await jobs.WaitForWorkAsync(LongestWait, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The store cannot be reached or the disk is full: that passes or it does not, but the worker stays.
                LogTrouble(e);
                await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunAsync(ClaimedJob claimed, CancellationToken stopping)
    {
        var attempt = JobId.New();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(options.AttemptLimit);
        await using var keeper = new LeaseKeeper(jobs, claimed.Lease, options.Jobs, time, limit.Token);
        var kept = false;
        try
        {
            var outcome = await works[claimed.Job.Kind].RunAsync(claimed.Job, attempt, keeper, keeper.Lost);
            kept = await keeper.StopAsync() is { } lease && await jobs.FinishAsync(lease, outcome, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await (await keeper.StopAsync() is { } lease ? jobs.ReleaseAsync(lease, CancellationToken.None) : Task.CompletedTask);
        }
        catch (OperationCanceledException) when (!limit.IsCancellationRequested)
        {
            LogLost(claimed.Job.Id);
        }
        catch (OperationCanceledException)
        {
            await FailAsync(keeper, new JobProblem("too-slow", ""), retry: false);
        }
        catch (Exception e) when (e is VideoFormatException or PackFormatException)
        {
            await FailAsync(keeper, new JobProblem("unreadable", e.Message), retry: false);
        }
        catch (Exception e)
        {
            LogFailed(e, claimed.Job.Id, claimed.Lease.Attempt);
            await FailAsync(keeper, new JobProblem("failed", e.Message), retry: true);
        }

        if (kept)
        {
            await CleanAsync(claimed.Job.Id, attempt);
        }
        else
        {
            await clips.DeleteAttemptAsync(claimed.Job.Id, attempt, CancellationToken.None);
            if (await jobs.FindAsync(claimed.Job.Id, CancellationToken.None) is null)
            {
                await clips.DeleteJobAsync(claimed.Job.Id, CancellationToken.None);
            }
        }
    }

    private async Task FailAsync(LeaseKeeper keeper, JobProblem problem, bool retry)
    {
        if (await keeper.StopAsync() is { } lease)
        {
            await jobs.FailAsync(lease, problem, retry, CancellationToken.None);
        }
    }

    /// <summary>Deletes what crashed attempts left beside the one that was committed.</summary>
    private async Task CleanAsync(string job, string committed)
    {
        foreach (var other in (await clips.ListAttemptsAsync(job, CancellationToken.None)).Where(other => other != committed))
        {
            await clips.DeleteAttemptAsync(job, other, CancellationToken.None);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The worker met trouble and tries again.")]
    private partial void LogTrouble(Exception exception);

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} of job {Job} failed.")]
    private partial void LogFailed(Exception exception, string job, int attempt);

    [LoggerMessage(LogLevel.Information, "Job {Job} was cancelled or taken over.")]
    private partial void LogLost(string job);
}
