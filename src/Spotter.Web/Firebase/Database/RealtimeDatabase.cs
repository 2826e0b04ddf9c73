using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spotter.Web.Firebase.Database;

/// <summary>
/// A Firebase Realtime Database over its REST protocol: values, conditional writes, queries, event streams. Requests are repeated when the network or the
/// server fails, so a write may reach the server twice; a conditional one is applied once, and tells a second time that it was refused.
/// </summary>
public sealed class RealtimeDatabase : IDisposable
{
    /// <summary>The tag of a node where nothing stands.</summary>
    public const string NoValueTag = "null_etag";

    private readonly DatabaseConnection connection;
    private readonly PushId pushIds = new();
    private readonly TimeProvider time;

    /// <summary>Opens a database; nothing is sent yet.</summary>
    /// <param name="options">Which.</param>
    /// <param name="access">Tokens; null for those that the options name.</param>
    /// <param name="patience">How long to wait; null for the usual.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="handler">Sends requests, without following redirects; null for the usual.</param>
    public RealtimeDatabase(
        FirebaseOptions options, FirebaseAccess? access = null, DatabasePatience? patience = null, TimeProvider? time = null, HttpMessageHandler? handler = null)
    {
        this.time = time ?? TimeProvider.System;
        Patience = patience ?? new DatabasePatience();
        connection = new DatabaseConnection(options, access ?? FirebaseAccess.ForDatabase(options), Patience, this.time, handler);
    }

    /// <summary>How long it waits.</summary>
    public DatabasePatience Patience { get; }

    /// <summary>Reads a node, or those of its children that a query names; null where nothing is.</summary>
    /// <exception cref="FirebaseException">It cannot be read.</exception>
    public async Task<JsonNode?> GetAsync(DatabasePath path, DatabaseQuery? query = null, CancellationToken cancellationToken = default) =>
        (await connection.AskAsync(new DatabaseRequest(HttpMethod.Get, path) { Query = query }, cancellationToken)).Value;

    /// <summary>Reads a node with its tag, for a conditional write.</summary>
    /// <exception cref="FirebaseException">It cannot be read.</exception>
    public async Task<TaggedValue> GetTaggedAsync(DatabasePath path, CancellationToken cancellationToken = default)
    {
        var reply = await connection.AskAsync(new DatabaseRequest(HttpMethod.Get, path) { WantsTag = true }, cancellationToken);
        return new TaggedValue(reply.Value, reply.Tag ?? throw new FirebaseException("The database gave no ETag. Is something between here and there that removes headers?"));
    }

    /// <summary>Replaces a node.</summary>
    /// <returns>The value as it stands, with the server's values filled in.</returns>
    /// <exception cref="FirebaseException">It cannot be written, or it is not known whether it was.</exception>
    public async Task<JsonNode?> PutAsync(DatabasePath path, JsonNode? value, CancellationToken cancellationToken = default)
    {
        var reply = await connection.AskAsync(new DatabaseRequest(HttpMethod.Put, path) { Value = value, HasValue = true }, cancellationToken);
        return ServerValue.IsIn(reply.Value) ? await GetAsync(path, cancellationToken: cancellationToken) : reply.Value;
    }

    /// <summary>
    /// Replaces a node if nothing changed there. A refusal may be the echo of one's own write whose answer was lost: put something into the value by which
    /// you know it again.
    /// </summary>
    /// <param name="path">The node.</param>
    /// <param name="value">What shall stand there; null to delete it.</param>
    /// <param name="tag">The tag that it was read with, or <see cref="NoValueTag"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Whether it was written, and what stands there now.</returns>
    /// <exception cref="FirebaseException">It is not known whether it was written.</exception>
    public async Task<ConditionalWrite> TryPutAsync(DatabasePath path, JsonNode? value, string tag, CancellationToken cancellationToken = default)
    {
        var reply = await connection.AskAsync(
            new DatabaseRequest(HttpMethod.Put, path) { Value = value, HasValue = true, IfMatch = tag, WantsTag = true }, cancellationToken);
        var isWritten = reply.Status != HttpStatusCode.PreconditionFailed;
        if (reply.Tag is { } now && !ServerValue.IsIn(reply.Value))
        {
            return new ConditionalWrite(isWritten, new TaggedValue(reply.Value, now), reply.SentAt);
        }

        return new ConditionalWrite(isWritten, await GetTaggedAsync(path, cancellationToken), reply.SentAt);
    }

    /// <summary>Replaces some children of a node, all or none. Names may be paths with slashes; null deletes.</summary>
    /// <exception cref="FirebaseException">They cannot be written, or it is not known whether they were.</exception>
    public async Task PatchAsync(DatabasePath path, IEnumerable<KeyValuePair<string, JsonNode?>> children, CancellationToken cancellationToken = default) =>
        await connection.AskAsync(new DatabaseRequest(HttpMethod.Patch, path) { Value = new JsonObject(children), HasValue = true }, cancellationToken);

    /// <summary>Adds a child under a new key that sorts behind those before it. The key is made here, so that repeating the request adds nothing.</summary>
    /// <returns>The key.</returns>
    /// <exception cref="FirebaseException">It cannot be written, or it is not known whether it was.</exception>
    public async Task<string> PushAsync(DatabasePath path, JsonNode value, CancellationToken cancellationToken = default)
    {
        var key = pushIds.Next(time.GetUtcNow());
        await connection.AskAsync(new DatabaseRequest(HttpMethod.Put, path.Child(key)) { Value = value, HasValue = true }, cancellationToken);
        return key;
    }

    /// <summary>Deletes a node.</summary>
    /// <exception cref="FirebaseException">It cannot be deleted, or it is not known whether it was.</exception>
    public async Task DeleteAsync(DatabasePath path, CancellationToken cancellationToken = default) =>
        await connection.AskAsync(new DatabaseRequest(HttpMethod.Delete, path), cancellationToken);

    /// <summary>
    /// Follows a node: first its value as a put at the empty path, then the changes. Ends when the server ends it, which it does at least as often as the
    /// token expires; <see cref="LiveQuery"/> takes care of that.
    /// </summary>
    /// <exception cref="FirebaseException">The stream cannot be opened or was cut.</exception>
    public async IAsyncEnumerable<DatabaseEvent> StreamAsync(
        DatabasePath path, DatabaseQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var response = await connection.OpenAsync(new DatabaseRequest(HttpMethod.Get, path) { Query = query, IsStream = true }, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var items = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(items))
        {
            if (DatabaseEvent.Of(items.Current.EventType, items.Current.Data) is { } told)
            {
                yield return told;
            }
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => connection.Dispose();

    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new FirebaseException($"The event stream of the database was cut: {e.Message}", isTransient: true, inner: e);
        }
    }
}

/// <summary>A value and the tag by which the server knows it.</summary>
/// <param name="Value">The value; null where nothing is.</param>
/// <param name="Tag">The tag.</param>
public sealed record TaggedValue(JsonNode? Value, string Tag);

/// <summary>How a conditional write ended.</summary>
/// <param name="IsWritten">Whether the server took it.</param>
/// <param name="Now">What stands there now.</param>
/// <param name="SentAt">When it was sent first, <see cref="TimeProvider.GetTimestamp"/> of the client's clock.</param>
public sealed record ConditionalWrite(bool IsWritten, TaggedValue Now, long SentAt);

/// <summary>What an event stream tells.</summary>
public enum DatabaseEventKind
{
    /// <summary>The value at the path was replaced.</summary>
    Put,

    /// <summary>The children named were replaced.</summary>
    Patch,

    /// <summary>Nothing happened, and the stream lives.</summary>
    KeepAlive,

    /// <summary>The rules no longer allow to read here; the stream is over.</summary>
    Cancelled,

    /// <summary>The token has expired or was revoked; the stream is over.</summary>
    AuthRevoked,
}

/// <summary>An event of a stream.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Path">Where, below the node that is followed; starts with a slash.</param>
/// <param name="Data">The new value, or the new children.</param>
public sealed record DatabaseEvent(DatabaseEventKind Kind, string Path, JsonNode? Data)
{
    /// <summary>Reads an event; null for one that this version does not know.</summary>
    /// <exception cref="FirebaseException">It is damaged.</exception>
    internal static DatabaseEvent? Of(string type, string data)
    {
        try
        {
            return type switch
            {
                "put" or "patch" => JsonNode.Parse(data) is JsonObject change
                    ? new DatabaseEvent(type == "put" ? DatabaseEventKind.Put : DatabaseEventKind.Patch, change["path"]?.ToString() ?? "/", change["data"])
                    : null,
                "keep-alive" => new DatabaseEvent(DatabaseEventKind.KeepAlive, "/", null),
                "cancel" => new DatabaseEvent(DatabaseEventKind.Cancelled, "/", null),
                "auth_revoked" => new DatabaseEvent(DatabaseEventKind.AuthRevoked, "/", null),
                _ => null,
            };
        }
        catch (JsonException e)
        {
            throw new FirebaseException("The event stream of the database was damaged on the way.", isTransient: true, inner: e);
        }
    }
}
