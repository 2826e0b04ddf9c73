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
    IJobStore jobs, IClipStore clips, IEnumerable<IJobWork> works, WorkSetting setting, JobPolicy policy, TimeProvider time, ILogger<JobWorker> log,
    IHostApplicationLifetime? lifetime = null) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IJobWork> works = works.ToDictionary(work => work.Kind, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Services are stopped one after the other, and a server first waits for its open requests: the jobs go back without that wait.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime?.ApplicationStopping ?? CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(1, setting.Workers).Select(number => Task.Run(() => WorkAsync(number, stopping.Token), CancellationToken.None)));
    }

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
                    await jobs.WaitForWorkAsync(policy.LookAgain, stopping);
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
        limit.CancelAfter(setting.AttemptLimit);
        await using var keeper = new LeaseKeeper(jobs, claimed.Lease, policy, time, limit.Token);
        var ending = await WorkAsync(claimed, attempt, keeper, limit.Token, stopping);
        var committed = ending is not null && await keeper.StopAsync() is { } lease && await InsistAsync(() => ending.Commit(lease), stopping);
        if (committed && ending!.HasResult)
        {
            await CleanAsync(claimed.Job.Id, attempt);
            return;
        }

        await clips.DeleteAttemptAsync(claimed.Job.Id, attempt, CancellationToken.None);
        if (await jobs.FindAsync(claimed.Job.Id, CancellationToken.None) is null)
        {
            await clips.DeleteJobAsync(claimed.Job.Id, CancellationToken.None);
        }
    }

    /// <summary>Does the work.</summary>
    /// <returns>What is to be committed; null when the lease was lost.</returns>
    private async Task<Ending?> WorkAsync(ClaimedJob claimed, string attempt, LeaseKeeper keeper, CancellationToken limit, CancellationToken stopping)
    {
        try
        {
            var outcome = await works[claimed.Job.Kind].RunAsync(claimed.Job, attempt, keeper, keeper.Lost);
            return new Ending(lease => jobs.FinishAsync(lease, outcome, CancellationToken.None), HasResult: true);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return new Ending(lease => jobs.ReleaseAsync(lease, CancellationToken.None));
        }
        catch (OperationCanceledException) when (!limit.IsCancellationRequested)
        {
            LogLost(claimed.Job.Id);
            return null;
        }
        catch (OperationCanceledException)
        {
            return Failure(new JobProblem("too-slow", ""), retry: false);
        }
        catch (Exception e) when (e is VideoFormatException or PackFormatException)
        {
            return Failure(new JobProblem((e as VideoFormatException)?.Kind ?? "unreadable", e.Message), retry: false);
        }
        catch (Exception e)
        {
            LogFailed(e, claimed.Job.Id, claimed.Lease.Attempt);
            return Failure(new JobProblem("failed", e.Message), retry: true);
        }
    }

    private Ending Failure(JobProblem problem, bool retry) => new(lease => jobs.FailAsync(lease, problem, retry, CancellationToken.None));

    /// <summary>
    /// Commits. Whether a write went through is known from its answer only, and asking again with the same lease is harmless: so it is asked until there is an
    /// answer. Without one the files stay, as a result may point at them; housekeeping finds out later.
    /// </summary>
    private async Task<bool> InsistAsync(Func<Task<bool>> commit, CancellationToken stopping)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await commit();
            }
            catch (Exception e) when (!stopping.IsCancellationRequested && time.GetElapsedTime(start) < policy.Patience)
            {
                LogTrouble(e);
                await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
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

    /// <summary>How an attempt ends.</summary>
    /// <param name="Commit">Tells the store; false when the lease was lost.</param>
    /// <param name="HasResult">Whether the files of the attempt are a result.</param>
    private sealed record Ending(Func<Lease, Task<bool>> Commit, bool HasResult = false);
}
