namespace Spotter.Web.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Nobody works on it; a worker may claim it once its time has come.</summary>
    Waiting,

    /// <summary>A worker holds its lease.</summary>
    Running,

    /// <summary>Its outcome was committed.</summary>
    Done,

    /// <summary>Given up: it failed for good or too often. <see cref="Job.Problem"/> says why; a person may start it anew.</summary>
    SetAside,

    /// <summary>A person did not want it any more.</summary>
    Cancelled,
}

/// <summary>Something to be done to a clip, as it is handed in.</summary>
public sealed record NewJob
{
    /// <summary>Unguessable name of the job, made by <see cref="JobId.New"/>.</summary>
    public required string Id { get; init; }

    /// <summary>What is to be done; decides which work runs.</summary>
    public required string Kind { get; init; }

    /// <summary>What the work needs to know; opaque to the store.</summary>
    public required string Details { get; init; }

    /// <summary>Name that the client gave the request; a second job of the same name is the first one. Null for none.</summary>
    public string? ClientKey { get; init; }
}

/// <summary>A job as the store knows it.</summary>
public sealed record Job
{
    /// <summary>Unguessable name of the job.</summary>
    public required string Id { get; init; }

    /// <summary>What is to be done.</summary>
    public required string Kind { get; init; }

    /// <summary>What the work needs to know.</summary>
    public required string Details { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>How often a worker has claimed it, those that crashed included; what was given back does not count.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was handed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not to be claimed before this moment.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>When it came to its end, whichever; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How far the present attempt is; null outside of one.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>What the work committed; null before.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why the last attempt failed; null where none did.</summary>
    public JobProblem? Problem { get; init; }

    /// <summary>Whether nothing will happen to it any more by itself.</summary>
    public bool IsOver => State is JobState.Done or JobState.SetAside or JobState.Cancelled;
}

/// <summary>How far an attempt is.</summary>
/// <param name="Stage">Name of what is being done.</param>
/// <param name="Done">Steps done in this stage.</param>
/// <param name="Expected">Steps in all; 0 where unknown.</param>
/// <param name="SecondsLeft">Estimated seconds until the end of the job; null where unknown.</param>
public sealed record JobProgress(string Stage, int Done, int Expected, double? SecondsLeft = null);

/// <summary>Why an attempt failed.</summary>
/// <param name="Code">Short name of the cause, such as <c>unreadable</c> or <c>crashed</c>.</param>
/// <param name="Text">What the program said, for whoever runs it; empty where the code says all.</param>
public sealed record JobProblem(string Code, string Text)
{
    /// <summary>Code of a machine that lacks what the job takes.</summary>
    public const string Lacking = "no-pack";

    /// <summary>Code of an exercise that is learnt again after an upgrade.</summary>
    public const string BeingLearnt = "being-learnt";

    /// <summary>Since when this problem keeps the job waiting; null where it does not.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Code of a worker that vanished in the middle of the job.</summary>
    public const string Crashed = "crashed";
}

/// <summary>
/// The right to work on a job, until a moment. Every write that a worker makes carries the newest lease it was given, and goes through only if nobody
/// was given a newer one: a worker that was thought dead cannot commit.
/// </summary>
/// <param name="JobId">The job.</param>
/// <param name="Token">Opaque fencing token of the store; may change with every heartbeat.</param>
/// <param name="Attempt">Number of the attempt, from 1.</param>
/// <param name="Until">When others may take the job over, unless a heartbeat comes.</param>
public sealed record Lease(string JobId, string Token, int Attempt, DateTimeOffset Until);

/// <summary>A job that the worker was given.</summary>
/// <param name="Job">The job.</param>
/// <param name="Lease">The right to work on it.</param>
public sealed record ClaimedJob(Job Job, Lease Lease);

/// <summary>Which jobs to list, newest first.</summary>
public sealed record JobQuery
{
    /// <summary>Only jobs of this kind; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>Only jobs in this state; null for all.</summary>
    public JobState? State { get; init; }

    /// <summary>Only jobs handed in before the job of this id, for the next page; null to start with the newest.</summary>
    public string? After { get; init; }

    /// <summary>Most jobs to return.</summary>
    public int Limit { get; init; } = 50;
}
