using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>What is done for one kind of job. May be stopped or killed at any moment, and started again from the beginning.</summary>
internal interface IJobWork
{
    /// <summary>The kind of job.</summary>
    string Kind { get; }

    /// <summary>Does the job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="attempt">Unguessable name of this attempt, under which it stores its files.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it: the lease was lost, the time is up, or the worker ends.</param>
    /// <returns>The outcome to commit.</returns>
    Task<string> RunAsync(Job job, string attempt, IProgress<JobProgress> progress, CancellationToken cancellationToken);
}
