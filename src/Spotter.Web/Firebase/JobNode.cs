using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Spotter.Web.Jobs;

namespace Spotter.Web.Firebase;

/// <summary>What is to be done: the node of a job that never changes.</summary>
internal sealed record JobNode
{
    /// <summary>The job's id.</summary>
    public required string Id { get; init; }

    /// <summary>What is to be done.</summary>
    public required string Kind { get; init; }

    /// <summary>What the work needs to know.</summary>
    public required string Details { get; init; }

    /// <summary>Place in lists.</summary>
    public required string Order { get; init; }

    /// <summary>Where the client key stands under <c>keys</c>; null where none was given.</summary>
    public string? Key { get; init; }

    /// <summary>Kind and place: the lists of one kind are a range of these.</summary>
    public string Listing => $"{Kind} {Order}";

    /// <summary>A client key as a key of the database: any text becomes 43 allowed characters.</summary>
    public static string KeyOf(string clientKey) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(clientKey)));

    /// <summary>Reads a node; null where nothing stands, or nothing that Spotter wrote.</summary>
    /// <param name="id">The job's id; null where the node says it, as one under <c>keys</c> does.</param>
    /// <param name="node">The node.</param>
    public static JobNode? Read(string? id, JsonNode? node) =>
        node is JsonObject && (id ?? node["job"]?.ToString()) is { } name && node["kind"]?.ToString() is { } kind && node["order"]?.ToString() is { } order
            ? new JobNode { Id = name, Kind = kind, Details = node["details"]?.ToString() ?? "", Order = order, Key = node["key"]?.ToString() }
            : null;

    /// <summary>The node under <c>jobs</c>.</summary>
    public JsonObject ToJson() => new() { ["kind"] = Kind, ["details"] = Details, ["order"] = Order, ["listing"] = Listing, ["key"] = Key };

    /// <summary>The node under <c>keys</c>: all that is needed to hand the job in, should whoever wrote it not come to it.</summary>
    public JsonObject ToKeyJson() => new() { ["job"] = Id, ["kind"] = Kind, ["details"] = Details, ["order"] = Order, ["key"] = Key };

    /// <summary>The job as the store tells it.</summary>
    public Job With(RunNode run) => new()
    {
        Id = Id,
        Kind = Kind,
        Details = Details,
        State = run.State,
        Attempts = run.Attempts,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(run.Created),
        NotBefore = DateTimeOffset.FromUnixTimeMilliseconds(run.Later ?? run.Created),
        FinishedAt = run.Finished is { } finished ? DateTimeOffset.FromUnixTimeMilliseconds(finished) : null,
        Progress = run.Progress,
        Outcome = run.Outcome,
        Problem = run.Problem,
    };
}
