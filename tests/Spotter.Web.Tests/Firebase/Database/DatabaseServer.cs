using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>What the server does to a request instead of answering it as it should.</summary>
internal enum DatabaseFault
{
    None,

    /// <summary>The connection is cut before anything was done.</summary>
    LoseRequest,

    /// <summary>What was asked for is done, and the connection is cut.</summary>
    LoseReply,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>401, as when a token has expired.</summary>
    Expired,

    /// <summary>No answer at all.</summary>
    Hang,

    /// <summary>What was asked for is done only when <see cref="DatabaseServer.LetGoAsync"/> is called, whoever still waits for it.</summary>
    Stall,
}

/// <summary>
/// A Realtime Database on this machine, as far as Spotter uses its REST protocol: values, tags, conditional writes, multi-path updates, queries, server
/// values, event streams. Rules are not its matter, but indexes are. Faults come as tests want them.
/// </summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    public const string Token = "good-token";

    private readonly WebApplication app;
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<Task> stalled = [];

    private DatabaseServer(WebApplication app, TimeProvider time) => (this.app, Engine) = (app, new DatabaseEngine(time));

    public DatabaseEngine Engine { get; }

    public Uri Url => new(app.Urls.First());

    /// <summary>Chooses a fault for a request: its method, path and whether it asks for a stream.</summary>
    public Func<string, string, bool, DatabaseFault> Fault { get; set; } = (_, _, _) => DatabaseFault.None;

    /// <summary>Where requests are sent on to; null answers here.</summary>
    public Func<HttpRequest, Uri?> Redirect { get; set; } = _ => null;

    /// <summary>The indexes, as "path/of/parent child"; null where none are needed.</summary>
    public IReadOnlySet<string>? Indexes { get; set; }

    public Func<string, bool> IsToken { get; set; } = token => token is Token or "owner";

    /// <summary>Whether replies to writes tell no tag and hold the value as it was sent, which the client must be able to live with.</summary>
    public bool IsTerse { get; set; }

    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often something was asked for.</summary>
    public int Requests => requests;

    private int requests;

    public static async Task<DatabaseServer> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var server = new DatabaseServer(builder.Build(), time ?? TimeProvider.System);
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Does what stalled requests asked for.</summary>
    public Task LetGoAsync()
    {
        letGo.TrySetResult();
        return Task.WhenAll(stalled);
    }

    /// <summary>Ends all event streams.</summary>
    public void CutStreams() => Engine.ForFollowers(follower => follower.End());

    /// <summary>Ends all event streams because the rules no longer let anybody read there.</summary>
    public void CancelStreams() => Engine.ForFollowers(follower =>
    {
        follower.SendRaw("cancel", "null");
        follower.End();
    });

    /// <summary>Ends all event streams because of the token.</summary>
    public void RevokeStreams() => Engine.ForFollowers(follower =>
    {
        follower.SendRaw("auth_revoked", "\"credential is no longer valid\"");
        follower.End();
    });

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await LetGoAsync();
        CutStreams();
        await app.StopAsync();
        await app.DisposeAsync();
        stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref requests);
        var request = context.Request;
        var isStream = request.Headers.Accept.Contains("text/event-stream");
        var fault = Fault(request.Method, request.Path, isStream);
        if (fault is DatabaseFault.LoseRequest or DatabaseFault.Hang)
        {
            if (fault == DatabaseFault.Hang)
            {
                using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop.Token);
                await Task.Delay(Timeout.Infinite, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            context.Abort();
            return;
        }

        try
        {
            if (fault == DatabaseFault.Unavailable)
            {
                await RefuseAsync(context, HttpStatusCode.ServiceUnavailable, "The service is temporarily unavailable.");
            }
            else if (Redirect(request) is { } elsewhere)
            {
                context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                context.Response.Headers.Location = elsewhere.ToString();
            }
            else if (fault == DatabaseFault.Expired || !IsToken(request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal)))
            {
                await RefuseAsync(context, HttpStatusCode.Unauthorized, "Auth token is expired");
            }
            else if (!RawPath(context).EndsWith(".json", StringComparison.Ordinal))
            {
                await RefuseAsync(context, HttpStatusCode.NotFound, "404 Not Found");
            }
            else
            {
                await (fault == DatabaseFault.Stall ? StallAsync(context) : DoAsync(context, Keys(RawPath(context)[..^".json".Length]), isStream, fault));
            }
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            await RefuseAsync(context, HttpStatusCode.BadRequest, e.Message);
        }
    }

    private async Task StallAsync(HttpContext context)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stalled.Add(done.Task);
        context.Request.EnableBuffering();
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Request.Body.Position = 0;
        await letGo.Task;
        try
        {
            await DoAsync(context, Keys(RawPath(context)[..^".json".Length]), isStream: false, DatabaseFault.None);
        }
        finally
        {
            done.SetResult();
        }
    }

    private async Task DoAsync(HttpContext context, string[] path, bool isStream, DatabaseFault fault)
    {
        var request = context.Request;
        var query = DataQuery.Read(name => request.Query[name] is { Count: > 0 } values ? values[0] : null);
        var ifMatch = request.Headers["if-match"] is { Count: > 0 } tags ? tags[0] : null;
        CheckIndex(path, query);
        if (isStream)
        {
            await StreamAsync(context, new DatabaseFollower(path, query));
            return;
        }

        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        var (value, status, now, tellsTag) = ((JsonNode?)null, HttpStatusCode.OK, DataNode.Nothing, request.Headers.ContainsKey("X-Firebase-ETag"));
        switch (request.Method)
        {
            case "GET":
                now = Engine.Get(path);
                value = (query?.Filter(now) ?? now).ToJson();
                break;
            case "PUT" or "DELETE":
                (now, var written) = Engine.Put(path, request.Method == "PUT" ? JsonNode.Parse(body) : null, ifMatch);
                (value, status) = (now.ToJson(), written ? HttpStatusCode.OK : HttpStatusCode.PreconditionFailed);
                tellsTag |= !written;
                if (IsTerse)
                {
                    (value, tellsTag) = (written ? JsonNode.Parse(body) : null, false);
                }

                break;
            case "PATCH" when ifMatch is null:
                value = JsonNode.Parse(body);
                Engine.Patch(path, value);
                break;
            default:
                throw new FormatException("method or header not supported");
        }

        if (fault == DatabaseFault.LoseReply)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)status;
        if (tellsTag)
        {
            context.Response.Headers.ETag = now.Tag;
        }

        await WriteAsync(context, value);
    }

    private async Task StreamAsync(HttpContext context, DatabaseFollower follower)
    {
        context.Response.ContentType = "text/event-stream";
        Engine.Follow(follower);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop.Token);
        await using var beat = new Timer(_ => follower.SendRaw("keep-alive", "null"), null, KeepAlive, KeepAlive);
        try
        {
            await foreach (var told in follower.Events.ReadAllAsync(over.Token))
            {
                await context.Response.WriteAsync(told, over.Token);
                await context.Response.Body.FlushAsync(over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever followed has gone.
        }
        finally
        {
            Engine.Leave(follower);
        }
    }

    private void CheckIndex(string[] path, DataQuery? query)
    {
        if (query is not null && !query.OrderBy.StartsWith('$') && Indexes?.Contains($"{string.Join('/', path)} {query.OrderBy}") == false)
        {
            throw new FormatException($"Index not defined, add \".indexOn\": \"{query.OrderBy}\", for path \"/{string.Join('/', path)}\", to the rules");
        }
    }

    private static string RawPath(HttpContext context) => context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];

    private static string[] Keys(string path)
    {
        var keys = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        return keys.All(DataNode.IsKey) ? keys : throw new FormatException("Invalid path: Invalid token in path");
    }

    private static Task RefuseAsync(HttpContext context, HttpStatusCode status, string reason)
    {
        context.Response.StatusCode = (int)status;
        return WriteAsync(context, new JsonObject { ["error"] = reason });
    }

    private static Task WriteAsync(HttpContext context, JsonNode? value)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(value?.ToJsonString() ?? "null");
    }
}
