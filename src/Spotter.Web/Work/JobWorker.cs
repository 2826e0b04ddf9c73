using System.Collections.Concurrent;
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
    private const int MostRemembered = 1000;
    private const int OutagesBeforeDoubt = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource missing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, int> postponed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IJobWork> works = works.ToDictionary(work => work.Kind, StringComparer.Ordinal);

    /// <summary>Fails with <see cref="MissingToolException"/> once this machine turns out to lack something that every job needs. Who does not end then looks again from time to time.</summary>
    public Task Missing => missing.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Services are stopped one after the other, and a server first waits for its open requests: the jobs go back without that wait.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime?.ApplicationStopping ?? CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(1, setting.Workers).Select(number => Task.Run(() => WorkAsync(number, stopping.Token), CancellationToken.None)));
    }

    private async Task WorkAsync(int number, CancellationToken stopping)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}:{number}");
        for (var outages = 0; !stopping.IsCancellationRequested;)
        {
            try
            {
                if (await jobs.ClaimAsync(name, stopping) is { } claimed)
                {
                    var ending = await RunAsync(claimed, stopping);
                    outages = ending is { IsOutage: true } ? outages + 1 : 0;
                    if (ending?.Lacking is { } lacking)
                    {
                        LogMissing(lacking.Message);
                        missing.TrySetException(lacking);
                        await Task.Delay(Rest, time, stopping);
                    }
                    else if (outages > 0)
                    {
                        // The next job would fare no better.
                        var rest = policy.BackOff(outages);
                        await Task.Delay(rest < Rest ? rest : Rest, time, stopping);
                    }
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

    /// <summary>Works on a job until the attempt has ended, whichever way.</summary>
    /// <returns>How it ended; null when the lease was lost.</returns>
    private async Task<Ending?> RunAsync(ClaimedJob claimed, CancellationToken stopping)
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
            return ending;
        }

        try
        {
            await clips.DeleteAttemptAsync(claimed.Job.Id, attempt, CancellationToken.None);
            if (await jobs.FindAsync(claimed.Job.Id, CancellationToken.None) is null)
            {
                await clips.DeleteJobAsync(claimed.Job.Id, CancellationToken.None);
            }
        }
        catch (Exception e) when (ending is { IsOutage: true })
        {
            LogTrouble(e); // the attempt that succeeds, or housekeeping, removes it
        }

        return ending;
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
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return ForGood(claimed.Job.Id, new JobProblem("too-slow", ""));
        }
        catch (OperationCanceledException) when (keeper.Lost.IsCancellationRequested)
        {
            LogLost(claimed.Job.Id);
            return null;
        }
        catch (MissingToolException e)
        {
            return new Ending(lease => jobs.ReleaseAsync(lease, CancellationToken.None)) { Lacking = e };
        }
        catch (UnfitMachineException e) when (e.IsBeingLearnt)
        {
            var problem = new JobProblem(JobProblem.BeingLearnt, e.Message);
            return Postponed(claimed.Job, problem, problem);
        }
        catch (UnfitMachineException e) when (setting.IsShared)
        {
            return Postponed(claimed.Job, new JobProblem(JobProblem.Lacking, e.Message), new JobProblem("no-machine", e.Message));
        }
        catch (UnfitMachineException e)
        {
            return ForGood(claimed.Job.Id, new JobProblem("pack-missing", e.Message));
        }
        catch (PackFormatException e)
        {
            return ForGood(claimed.Job.Id, new JobProblem("pack-missing", e.Message));
        }
        catch (VideoFormatException e)
        {
            return ForGood(claimed.Job.Id, new JobProblem(e.Kind ?? "unreadable", e.Message));
        }
        catch (FileNotFoundException e)
        {
            // Tried again, as a folder on another machine may show a new file late.
            LogFailed(e, claimed.Job.Id, claimed.Lease.Attempt);
            return Failure(new JobProblem("clip-missing", e.Message), retry: true);
        }
        catch (Exception e) when (Spotter.Web.Failure.Of(e) is { IsPassing: true } failure)
        {
            if (failure.Code == Spotter.Web.Failure.Unavailable && await IsItsOwnAsync(claimed.Job, stopping))
            {
                LogFailed(e, claimed.Job.Id, claimed.Lease.Attempt);
                return Failure(new JobProblem("clip-unreadable", e.Message), retry: true);
            }

            return Postponed(claimed.Job, new JobProblem(failure.Code, e.Message), new JobProblem("failed", e.Message)) with { IsOutage = true };
        }
        catch (Exception e)
        {
            LogFailed(e, claimed.Job.Id, claimed.Lease.Attempt);
            return Failure(new JobProblem("failed", e.Message), retry: true);
        }
    }

    /// <summary>Whether the store fails with this clip again and again while others can be written and read: then it is no outage, and waiting mends nothing.</summary>
    private async Task<bool> IsItsOwnAsync(Job job, CancellationToken stopping)
    {
        if (postponed.GetValueOrDefault(job.Id) < OutagesBeforeDoubt)
        {
            return false;
        }

        try
        {
            await ClipPlace.TryAsync(clips, Path.GetTempPath(), stopping);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    // Twice the pause each time, as long as this process remembers: the job is for another machine, if there is one, or for better times.
    private int TimesPostponed(string job)
    {
        if (postponed.Count >= MostRemembered)
        {
            postponed.Clear();
        }

        return postponed.AddOrUpdate(job, 1, (_, times) => times + 1);
    }

    private Ending Postponed(Job job, JobProblem problem, JobProblem inTheEnd)
    {
        var since = job.Problem is { Since: { } first } before && before.Code == problem.Code ? first : time.GetUtcNow();
        if (time.GetUtcNow() - since >= policy.LongestLacking)
        {
            return ForGood(job.Id, inTheEnd);
        }

        LogPostponed(job.Id, problem.Code, problem.Text);
        var pause = policy.BackOff(TimesPostponed(job.Id));
        return new Ending(lease => jobs.PostponeAsync(lease, problem with { Since = since }, pause, CancellationToken.None));
    }

    private Ending ForGood(string job, JobProblem problem)
    {
        LogSetAside(job, problem.Code, problem.Text);
        return Failure(problem, retry: false);
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

    [LoggerMessage(LogLevel.Warning, "Job {Job} is set aside ({Code}). {Reason}")]
    private partial void LogSetAside(string job, string code, string reason);

    [LoggerMessage(LogLevel.Error, "This machine cannot work on any job: {Reason}")]
    private partial void LogMissing(string reason);

    [LoggerMessage(LogLevel.Warning, "Job {Job} is left to other machines or better times ({Code}). {Reason}")]
    private partial void LogPostponed(string job, string code, string reason);

    [LoggerMessage(LogLevel.Information, "Job {Job} was cancelled or taken over.")]
    private partial void LogLost(string job);

    /// <summary>How an attempt ends.</summary>
    /// <param name="Commit">Tells the store; false when the lease was lost.</param>
    /// <param name="HasResult">Whether the files of the attempt are a result.</param>
    private sealed record Ending(Func<Lease, Task<bool>> Commit, bool HasResult = false)
    {
        /// <summary>What this machine lacks for any job; null where it lacks nothing.</summary>
        public MissingToolException? Lacking { get; init; }

        /// <summary>Whether a store or the disk cannot be used for now, so that no other job would fare better.</summary>
        public bool IsOutage { get; init; }
    }
}
