using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>Keeps a lease alive while the work goes on, passes the progress on, and stops the work when the lease is lost.</summary>
internal sealed class LeaseKeeper : IProgress<JobProgress>, IAsyncDisposable
{
    private readonly CancellationTokenSource lost;
    private readonly CancellationTokenSource stop = new();
    private readonly Task<Lease?> beating;
    private volatile JobProgress? latest;

    public LeaseKeeper(IJobStore jobs, Lease lease, JobPolicy policy, TimeProvider time, CancellationToken cancellationToken)
    {
        lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        beating = BeatAsync(jobs, lease, policy, time);
    }

    /// <summary>Cancelled when the work is to stop.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Remembers how far the work is; the next heartbeat tells.</summary>
    public void Report(JobProgress value) => latest = value;

    /// <summary>Ends the heartbeats.</summary>
    /// <returns>The newest lease; null when it was lost.</returns>
    public async Task<Lease?> StopAsync()
    {
        await stop.CancelAsync();
        return await beating;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
        lost.Dispose();
    }

    private async Task<Lease?> BeatAsync(IJobStore jobs, Lease lease, JobPolicy policy, TimeProvider time)
    {
        JobProgress? told = null;
        var last = time.GetTimestamp();
        var pause = policy.LeaseTime / 4 < policy.ProgressPause ? policy.LeaseTime / 4 : policy.ProgressPause;
        while (true)
        {
            await Task.Delay(pause, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return lease;
            }

            var progress = latest;
            if (progress == told && time.GetElapsedTime(last) < policy.LeaseTime / 4)
            {
                continue;
            }

            try
            {
                if (await jobs.HeartbeatAsync(lease, progress, CancellationToken.None) is not { } renewed)
                {
                    await lost.CancelAsync();
                    return null;
                }

                (lease, told, last) = (renewed, progress, time.GetTimestamp());
            }
            catch (Exception) when (time.GetUtcNow() < lease.Until)
            {
                // The store is out of reach; while the lease holds, the next beat may get through.
            }
            catch (Exception)
            {
                await lost.CancelAsync();
                return null;
            }
        }
    }
}
