using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>
/// Deletes what a crash left (files without a job, attempts that were not committed) and what is too old. Any number of servers and workers may be at it: only
/// what can never become a result again is deleted.
/// </summary>
internal sealed partial class Housekeeping(BackEnd backEnd, ServeOptions options, TimeProvider time, ILogger<Housekeeping> log, CoachBook? book = null) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromHours(1);
    private static readonly TimeSpan SharedRound = TimeSpan.FromHours(24);

    // A clip is stored before its job is handed in; longer than this no upload takes, whatever the clocks of the machines say.
    private static readonly TimeSpan LongestUpload = TimeSpan.FromHours(24);

    private readonly IJobStore jobs = backEnd.Jobs;
    private readonly IClipStore clips = backEnd.Clips;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal); // clips that somebody said something about, when they were last here

    /// <summary>Deletes files that belong to nothing.</summary>
    public async Task RemoveOrphansAsync(CancellationToken cancellationToken)
    {
        await foreach (var id in clips.ListJobsAsync(cancellationToken))
        {
            // First the attempts, then the job: an attempt that was there before the job was seen without a lease has lost it for good.
            var attempts = await clips.ListAttemptsAsync(id, cancellationToken);
            if (await jobs.FindAsync(id, cancellationToken) is not { } job)
            {
                await RemoveOrphanAsync(id, attempts, cancellationToken);
            }
            else if (!backEnd.IsShared || job.State != JobState.Running)
            {
                var committed = CommittedAttempt(job);
                foreach (var attempt in attempts.Where(attempt => attempt != committed))
                {
                    await clips.DeleteAttemptAsync(id, attempt, cancellationToken);
                }
            }
        }

        await RemoveUntaughtAsync(cancellationToken);
        await ForgetDeletedAsync(cancellationToken);
    }

    /// <summary>
    /// Forgets what was said about clips that others who share the store deleted: those that were there before. Clips that never were here may lie in another store, with which the
    /// same data folder is used at other times.
    /// </summary>
    private async Task ForgetDeletedAsync(CancellationToken cancellationToken)
    {
        foreach (var id in book?.Clips() ?? [])
        {
            if (await jobs.FindAsync(id, cancellationToken) is not null)
            {
                seen.Add(id);
            }
            else if (seen.Remove(id))
            {
                book!.Forget(id);
            }
        }
    }

    /// <summary>Deletes examples and trainings of exercises that are not taught any more. Where others share the store, they may be taught elsewhere.</summary>
    private async Task RemoveUntaughtAsync(CancellationToken cancellationToken)
    {
        if (backEnd.IsShared || book is null)
        {
            return;
        }

        var taught = book.Exercises().Select(exercise => exercise.Name).ToHashSet(StringComparer.Ordinal);
        await foreach (var job in jobs.ListAllAsync(new JobQuery(), cancellationToken))
        {
            var exercise = job.Kind switch
            {
                ExampleRequest.Kind => ExampleRequest.Of(job).Exercise,
                FitRequest.Kind => FitRequest.Of(job).Exercise,
                _ => null,
            };
            if (exercise is not null && !taught.Contains(exercise))
            {
                await DeleteAsync(job.Id, cancellationToken);
            }
        }
    }

    private async Task RemoveOrphanAsync(string id, IReadOnlyList<string> attempts, CancellationToken cancellationToken)
    {
        if (!backEnd.IsShared)
        {
            LogOrphan(id);
            await clips.DeleteJobAsync(id, cancellationToken);
            return;
        }

        if (await clips.OpenAsync(ClipName.Original(id), cancellationToken) is { } original)
        {
            await original.Content.DisposeAsync();
            if (original.LastModified <= time.GetUtcNow() - LongestUpload)
            {
                LogOrphan(id);
                await clips.DeleteJobAsync(id, cancellationToken);
            }

            return;
        }

        // Only what was seen goes: the clip itself may arrive this very moment.
        LogOrphan(id);
        foreach (var attempt in attempts)
        {
            await clips.DeleteAttemptAsync(id, attempt, cancellationToken);
        }
    }

    /// <summary>
    /// Deletes a job and everything derived from it. What was said about it goes first, as nobody would look for it afterwards, and the job before its files: files without a job are
    /// found at the next start.
    /// </summary>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        book?.Forget(id);
        var found = await jobs.DeleteAsync(id, cancellationToken);
        await clips.DeleteJobAsync(id, cancellationToken);
        return found;
    }

    private static string? CommittedAttempt(Job job) => job.Outcome is null
        ? null
        : System.Text.Json.Nodes.JsonNode.Parse(job.Outcome)?["attempt"]?.ToString();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        options.Retention is { } retention ? RepeatAsync(Round, () => RemoveOlderAsync(time.GetUtcNow() - retention, stoppingToken), stoppingToken) : Task.CompletedTask,
        // Alone, all that is to be found was found at the start.
        backEnd.IsShared ? RepeatAsync(SharedRound, () => RemoveOrphansAsync(stoppingToken), stoppingToken) : Task.CompletedTask);

    private async Task RepeatAsync(TimeSpan round, Func<Task> clean, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await clean();
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                LogTrouble(e);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(round, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task RemoveOlderAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        // What teaches stays until a person deletes it: examples, trainings, and the clips that somebody labelled.
        var labelled = (book?.Labels() ?? []).Select(label => label.Job).ToHashSet(StringComparer.Ordinal);
        await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = ClipRequest.Kind }, cancellationToken))
        {
            if (job.IsOver && job.FinishedAt < limit && !labelled.Contains(job.Id))
            {
                await DeleteAsync(job.Id, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Cleaning up met trouble; the next round tries again.")]
    private partial void LogTrouble(Exception exception);

    [LoggerMessage(LogLevel.Information, "Files without a job were deleted: {Job}.")]
    private partial void LogOrphan(string job);
}
