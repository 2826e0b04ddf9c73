namespace Spotter.Web.Jobs;

/// <summary>
/// The jobs, and who works on which. Workers may run anywhere and die at any moment: a job is claimed for a time (<see cref="Lease"/>), heartbeats extend the
/// time, and whatever ends an attempt is committed only by the holder of the newest lease. A worker that vanishes costs an attempt; after
/// <see cref="JobPolicy.MaxAttempts"/> the job is set aside.
/// </summary>
/// <remarks>
/// Each method is one conditional write at most, and repeating a write with the same lease is harmless, so that a lost reply does not double anything: until
/// another claim, a lease stands for those that its lost heartbeats would have given. What an implementation needs for that (a row version, an ETag and a nonce) goes into <see cref="Lease.Token"/>.
/// </remarks>
public interface IJobStore
{
    /// <summary>Hands in a job.</summary>
    /// <returns>The job; when the client key or the id is known already, the job that it named first.</returns>
    Task<Job> EnqueueAsync(NewJob job, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the oldest job whose time has come: waiting, or left by a worker whose lease ran out. Oldest is what was handed in first, however often it was tried since.
    /// Where several claim at the same moment, each may get another one of the oldest. A job that was left for the last allowed time is set aside on the way.
    /// </summary>
    /// <param name="worker">Name of the worker, for people who look into the store.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The job and its lease; null when there is nothing to do.</returns>
    Task<ClaimedJob?> ClaimAsync(string worker, CancellationToken cancellationToken = default);

    /// <summary>Extends a lease and tells how far the work is.</summary>
    /// <returns>The lease to carry from now on; null when it was lost (taken over, cancelled, deleted): stop working.</returns>
    Task<Lease?> HeartbeatAsync(Lease lease, JobProgress? progress, CancellationToken cancellationToken = default);

    /// <summary>Commits the outcome.</summary>
    /// <returns>False when the lease was lost: nothing was committed.</returns>
    Task<bool> FinishAsync(Lease lease, string outcome, CancellationToken cancellationToken = default);

    /// <summary>Reports that the attempt failed.</summary>
    /// <param name="lease">The newest lease.</param>
    /// <param name="problem">Why.</param>
    /// <param name="retry">Whether another attempt may succeed: then the job waits for its back-off while attempts are left. Otherwise it is set aside.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>False when the lease was lost: nothing was committed.</returns>
    Task<bool> FailAsync(Lease lease, JobProblem problem, bool retry, CancellationToken cancellationToken = default);

    /// <summary>Gives a job back untouched, because the worker is stopped; the attempt does not count.</summary>
    /// <returns>False when the lease was lost.</returns>
    Task<bool> ReleaseAsync(Lease lease, CancellationToken cancellationToken = default);

    /// <summary>Gives a job back because this machine lacks something for it, though another may have it, or a store is out of reach; the attempt does not count.</summary>
    /// <param name="lease">The newest lease.</param>
    /// <param name="problem">What is lacking; told while the job waits.</param>
    /// <param name="pause">How long nobody may claim it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>False when the lease was lost.</returns>
    Task<bool> PostponeAsync(Lease lease, JobProblem problem, TimeSpan pause, CancellationToken cancellationToken = default);

    /// <summary>Cancels a job that waits or runs; its worker notices at the next heartbeat.</summary>
    /// <returns>False when there is no such job or it is over.</returns>
    Task<bool> CancelAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Starts a job anew that was set aside or cancelled, with all attempts before it.</summary>
    /// <returns>False when there is no such job or it is in another state.</returns>
    Task<bool> RetryAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>A job; null where there is none.</summary>
    Task<Job?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>The job that a client key names; null where there is none.</summary>
    Task<Job?> FindByClientKeyAsync(string clientKey, CancellationToken cancellationToken = default);

    /// <summary>How many jobs will be claimed before this one: those that wait and were handed in earlier.</summary>
    Task<int> CountAheadAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists jobs, newest first.</summary>
    Task<IReadOnlyList<Job>> ListAsync(JobQuery query, CancellationToken cancellationToken = default);

    /// <summary>Forgets a job, whatever its state; its worker loses the lease. The client key may be used again.</summary>
    /// <returns>False when there is no such job.</returns>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Returns when there may be something to claim, or after a time: a hint, never a promise.</summary>
    Task WaitForWorkAsync(TimeSpan atMost, CancellationToken cancellationToken = default);
}
