using Microsoft.Extensions.Logging;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web.Api;

/// <summary>How long a clip will wait and be judged, told by how long the last ones took.</summary>
internal sealed partial class WaitEstimate(IJobStore jobs, WorkSetting setting, TimeProvider time, ILogger<WaitEstimate> log)
{
    private const int Looked = 20;
    private const int MostAhead = 200;
    private static readonly TimeSpan RateKept = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private long counted;
    private Task<Queue>? queue;
    private Queue? last;
    private (double WorkForASecond, long At)? rate;

    /// <summary>Where a clip stands, with the time left.</summary>
    public async Task<ClipStatus> DescribeAsync(Job job, CancellationToken cancellationToken)
    {
        if (job.State != JobState.Waiting)
        {
            return ClipStatus.Of(job);
        }

        var ahead = await PlaceAsync(job.Id, cancellationToken);
        if (Known() is not { WorkForASecond: { } rate } now)
        {
            return ClipStatus.Of(job, ahead);
        }

        // Others at work elsewhere are not known: then it goes faster than this says.
        return now.Before(job.Id, ahead) is not { } before
            ? ClipStatus.Of(job, ahead)
            : ClipStatus.Of(job, ahead) with { SecondsLeft = Math.Round(((now.Running + (before * rate)) / Math.Max(1, setting.Workers)) + (ClipRequest.Of(job).Seconds * rate), 1) };
    }

    // The clip is handed in already: what stands about it may not depend on a number that is nice to know.
    private async Task<int?> PlaceAsync(string id, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await jobs.CountAheadAsync(id, limit.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoPlace(e, id);
            return null;
        }
    }

    // What was counted last, while it is counted anew beside: everybody who waits asks several times a second, and nobody should wait for an estimate, or fail with it.
    private Queue? Known()
    {
        lock (gate)
        {
            if (queue is { IsCompletedSuccessfully: true })
            {
                last = queue.Result;
            }

            if (queue is null || (queue.IsCompleted && time.GetElapsedTime(counted) > Kept))
            {
                (counted, queue) = (time.GetTimestamp(), Task.Run(CountAsync));
            }

            return last;
        }
    }

    private async Task<Queue> CountAsync()
    {
        var work = await RateAsync();
        var running = await jobs.ListAsync(new JobQuery { Kind = ClipRequest.Kind, State = JobState.Running, Limit = MostAhead });
        var waiting = await jobs.ListAsync(new JobQuery { Kind = ClipRequest.Kind, State = JobState.Waiting, Limit = MostAhead });
        return new Queue(
            work,
            running.Sum(job => job.Progress?.SecondsLeft ?? (ClipRequest.Of(job).Seconds * (work ?? 0))),
            [.. waiting.Reverse().Select(job => (job.Id, ClipRequest.Of(job).Seconds))]);
    }

    private async Task<double?> RateAsync()
    {
        // How quick the machines are changes seldom. Only one count is at work at a time.
        if (rate is { } known && time.GetElapsedTime(known.At) < RateKept)
        {
            return known.WorkForASecond;
        }

        double[] rates =
        [
            .. from job in await jobs.ListAsync(new JobQuery { Kind = ClipRequest.Kind, State = JobState.Done, Limit = Looked })
               let took = ClipOutcome.Of(job)?.Took ?? 0
               let seconds = ClipRequest.Of(job).Seconds
               where took > 0 && seconds > 0
               orderby took / seconds
               select took / seconds,
        ];
        rate = rates.Length == 0 ? null : (rates[rates.Length / 2], time.GetTimestamp());
        return rate?.WorkForASecond;
    }

    [LoggerMessage(LogLevel.Warning, "The place in line of {Job} could not be told.")]
    private partial void LogNoPlace(Exception exception, string job);

    /// <summary>What waits, oldest first: the newest two hundred.</summary>
    private sealed record Queue(double? WorkForASecond, double Running, IReadOnlyList<(string Id, double Seconds)> Waiting)
    {
        /// <summary>Seconds of the clips before one. Where more wait than were looked at, as many as there are before it, as long as those that were are on average.</summary>
        public double? Before(string id, int? ahead) => Waiting.Count < MostAhead
            ? Waiting.TakeWhile(other => other.Id != id).Sum(other => other.Seconds)
            : ahead * Waiting.Average(other => other.Seconds);
    }
}
