using System.Text.Json.Nodes;
using Spotter.Web.Firebase.Database;
using Spotter.Web.Jobs;

namespace Spotter.Web.Firebase;

/// <summary>
/// Where a job stands: the small node that claims, heartbeats and commits are conditional writes of. Times are the server's, in milliseconds;
/// <see cref="ServerTime"/> lets the server fill in its own. Fields that an index is on are present only while they matter.
/// </summary>
internal sealed record RunNode
{
    /// <summary>Stands for the server's time in a node that is about to be written.</summary>
    public const long ServerTime = long.MinValue;

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>Place in lists: ascends with the moment it was handed in, by the clock of who did so.</summary>
    public required string Order { get; init; }

    /// <summary>Kind and place, for lists of one kind.</summary>
    public required string Listing { get; init; }

    /// <summary>When it was handed in.</summary>
    public required long Created { get; init; }

    /// <summary>How often it was claimed.</summary>
    public int Attempts { get; init; }

    /// <summary>Known only to who wrote it: the one who handed it in, holds it, cancelled it or started it anew.</summary>
    public required string Nonce { get; init; }

    /// <summary>When it was written.</summary>
    public long At { get; init; } = ServerTime;

    /// <summary>Place in line: when it was handed in; present while it waits and may be claimed.</summary>
    public long? Waiting { get; init; }

    /// <summary>Not to be claimed before; present while it waits for the end of a pause.</summary>
    public long? Later { get; init; }

    /// <summary>The last heartbeat; present while it runs.</summary>
    public long? Beat { get; init; }

    /// <summary>How long it is held after the last heartbeat, milliseconds; present while it runs.</summary>
    public long? Lease { get; init; }

    /// <summary>Who works on it; present while it runs.</summary>
    public string? Worker { get; init; }

    /// <summary>How far the work is; present while it runs.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>What was committed.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public JobProblem? Problem { get; init; }

    /// <summary>When it came to its end.</summary>
    public long? Finished { get; init; }

    /// <summary>When others may take it over; null while nobody holds it.</summary>
    public long? HeldUntil => State == JobState.Running ? (Beat ?? 0) + (Lease ?? 0) : null;

    /// <summary>Whether it may be claimed at a moment.</summary>
    public bool IsClaimable(long now) => State == JobState.Waiting ? (Later ?? 0) <= now : HeldUntil <= now;

    /// <summary>Whether it was handed in before another. The server's stamp decides, which nobody can forge.</summary>
    public bool IsBefore(RunNode other) => Created != other.Created ? Created < other.Created : string.CompareOrdinal(Order, other.Order) < 0;

    /// <summary>The node without what only a worker's hold on it means.</summary>
    public RunNode LetGo() => this with { Beat = null, Lease = null, Worker = null, Progress = null };

    /// <summary>Reads a node; null where nothing stands, or nothing that Spotter wrote.</summary>
    public static RunNode? Read(JsonNode? node)
    {
        if (node is not JsonObject || StateOf(Text(node["state"])) is not { } state || Text(node["order"]) is not { } order)
        {
            return null;
        }

        return new RunNode
        {
            State = state,
            Order = order,
            Listing = Text(node["listing"]) ?? "",
            Created = Whole(node["created"]) ?? 0,
            Attempts = (int)(Whole(node["attempts"]) ?? 0),
            Nonce = Text(node["nonce"]) ?? "",
            At = Whole(node["at"]) ?? 0,
            Waiting = Whole(node["waiting"]),
            Later = Whole(node["later"]),
            Beat = Whole(node["beat"]),
            Lease = Whole(node["lease"]),
            Worker = Text(node["worker"]),
            Progress = Text(node["progress"]?["stage"]) is { } stage
                ? new JobProgress(
                    stage, (int)(Whole(node["progress"]?["done"]) ?? 0), (int)(Whole(node["progress"]?["expected"]) ?? 0), Number(node["progress"]?["secondsLeft"]))
                : null,
            Outcome = Text(node["outcome"]),
            Problem = Text(node["problem"]?["code"]) is { } code
                ? new JobProblem(code, Text(node["problem"]?["text"]) ?? "") { Since = Whole(node["problem"]?["since"]) is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null }
                : null,
            Finished = Whole(node["finished"]),
        };
    }

    /// <summary>The node as it is written. Null members do not exist in the database.</summary>
    public JsonObject ToJson() => new()
    {
        ["state"] = NameOf(State),
        ["order"] = Order,
        ["listing"] = Listing,
        ["created"] = Time(Created),
        ["attempts"] = Attempts,
        ["nonce"] = Nonce,
        ["at"] = Time(At),
        ["waiting"] = Time(Waiting),
        ["later"] = Time(Later),
        ["beat"] = Time(Beat),
        ["lease"] = Lease,
        ["worker"] = Worker,
        ["progress"] = Progress is null ? null : new JsonObject
        {
            ["stage"] = Progress.Stage,
            ["done"] = Progress.Done,
            ["expected"] = Progress.Expected,
            ["secondsLeft"] = Progress.SecondsLeft,
        },
        ["outcome"] = Outcome,
        ["problem"] = Problem is null ? null : new JsonObject { ["code"] = Problem.Code, ["text"] = Problem.Text, ["since"] = Problem.Since?.ToUnixTimeMilliseconds() },
        ["finished"] = Time(Finished),
    };

    private static JsonNode? Time(long? moment) => moment == ServerTime ? ServerValue.Timestamp : moment;

    private static string? Text(JsonNode? node) => (node as JsonValue)?.TryGetValue<string>(out var text) == true ? text : null;

    private static double? Number(JsonNode? node) => (node as JsonValue)?.TryGetValue<double>(out var number) == true ? number : null;

    private static long? Whole(JsonNode? node) => Number(node) is { } number ? (long)number : null;

    private static string NameOf(JobState state) => state switch
    {
        JobState.Waiting => "waiting",
        JobState.Running => "running",
        JobState.Done => "done",
        JobState.SetAside => "set-aside",
        _ => "cancelled",
    };

    private static JobState? StateOf(string? name) => name switch
    {
        "waiting" => JobState.Waiting,
        "running" => JobState.Running,
        "done" => JobState.Done,
        "set-aside" => JobState.SetAside,
        "cancelled" => JobState.Cancelled,
        _ => null,
    };
}
