using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>Deletes what a crash left (files without a job, attempts that were not committed) at the start, and what is too old from time to time.</summary>
internal sealed partial class Housekeeping(IJobStore jobs, IClipStore clips, ServeOptions options, TimeProvider time, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromHours(1);
    private const int Page = 200;

    /// <summary>Deletes files that belong to nothing. Only while nothing is handed in or judged.</summary>
    public async Task RemoveOrphansAsync(CancellationToken cancellationToken)
    {
        await foreach (var id in clips.ListJobsAsync(cancellationToken))
        {
            if (await jobs.FindAsync(id, cancellationToken) is not { } job)
            {
                LogOrphan(id);
                await clips.DeleteJobAsync(id, cancellationToken);
                continue;
            }

            var committed = CommittedAttempt(job);
            foreach (var attempt in (await clips.ListAttemptsAsync(id, cancellationToken)).Where(attempt => attempt != committed))
            {
                await clips.DeleteAttemptAsync(id, attempt, cancellationToken);
            }
        }
    }

    /// <summary>Deletes a job and everything derived from it. The job goes first: files without a job are found at the next start.</summary>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var found = await jobs.DeleteAsync(id, cancellationToken);
        await clips.DeleteJobAsync(id, cancellationToken);
        return found;
    }

    private static string? CommittedAttempt(Job job) => job.Outcome is null
        ? null
        : System.Text.Json.Nodes.JsonNode.Parse(job.Outcome)?["attempt"]?.ToString();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Retention is { } retention && !stoppingToken.IsCancellationRequested)
        {
            await RemoveOlderAsync(time.GetUtcNow() - retention, stoppingToken);
            await Task.Delay(Round, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task RemoveOlderAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        string? after = null;
        while (await jobs.ListAsync(new JobQuery { After = after, Limit = Page }, cancellationToken) is { Count: > 0 } page)
        {
            after = page[^1].Id;
            var old = page.Where(job => job.IsOver && job.FinishedAt < limit).ToList();
            // The mark of the next page must stay until that page was read.
            foreach (var job in old.Where(job => job.Id != after))
            {
                await DeleteAsync(job.Id, cancellationToken);
            }

            if (page.Count < Page)
            {
                if (old.Exists(job => job.Id == after))
                {
                    await DeleteAsync(after, cancellationToken);
                }

                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Files without a job were deleted: {Job}.")]
    private partial void LogOrphan(string job);
}
