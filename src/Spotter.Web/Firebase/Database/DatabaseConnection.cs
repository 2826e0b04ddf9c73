using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spotter.Web.Firebase.Database;

/// <summary>What is asked of the database.</summary>
internal sealed record DatabaseRequest(HttpMethod Method, DatabasePath Path)
{
    public DatabaseQuery? Query { get; init; }

    public JsonNode? Value { get; init; }

    public bool HasValue { get; init; }

    public string? IfMatch { get; init; }

    public bool WantsTag { get; init; }

    public bool IsStream { get; init; }
}

/// <summary>What it answered.</summary>
internal readonly record struct DatabaseReply(HttpStatusCode Status, JsonNode? Value, string? Tag, long SentAt);

/// <summary>
/// Requests over HTTP: with a token, renewed when it was refused; redirected by ourselves, because HttpClient would drop the token; and repeated when the
/// network or the server failed. Whoever writes must therefore write what may be written twice.
/// </summary>
internal sealed class DatabaseConnection(FirebaseOptions options, FirebaseAccess access, DatabasePatience patience, TimeProvider time, HttpMessageHandler? handler)
    : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly string[] GoogleDomains = [".firebaseio.com", ".firebasedatabase.app"];

    private readonly HttpClient http = new(handler ?? NewHandler(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Asks until there is an answer.</summary>
    /// <exception cref="FirebaseException">There is none, or it is a refusal other than 412.</exception>
    public async Task<DatabaseReply> AskAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        var sent = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AskOnceAsync(request, sent, cancellationToken);
            }
            catch (FirebaseException e) when (e.IsTransient && attempt < patience.Attempts)
            {
                await Task.Delay(patience.Pause(attempt), time, cancellationToken);
            }
        }
    }

    /// <summary>Opens an event stream.</summary>
    /// <returns>The answer, whose body comes as it comes; the caller disposes it.</returns>
    /// <exception cref="FirebaseException">It cannot be had.</exception>
    public async Task<HttpResponseMessage> OpenAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience.Timeout);
        try
        {
            var response = await SendAsync(request, limit.Token);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                throw DatabaseRefusal.Of(response.StatusCode, request, await response.Content.ReadAsStringAsync(limit.Token));
            }
        }
        catch (Exception e) when (IsUnreachable(e, cancellationToken))
        {
            throw Unreachable(e);
        }
    }

    public void Dispose() => http.Dispose();

    private static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    };

    private async Task<DatabaseReply> AskOnceAsync(DatabaseRequest request, long sent, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience.Timeout);
        try
        {
            using var response = await SendAsync(request, limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                // The tags are not quoted, so that the typed header refuses them.
                var tag = response.Headers.NonValidated.TryGetValues("ETag", out var tags) ? tags.ToString() : null;
                return new DatabaseReply(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), tag, sent);
            }

            throw DatabaseRefusal.Of(response.StatusCode, request, text);
        }
        catch (JsonException e)
        {
            throw new FirebaseException($"{options.DatabaseEndpoint} answered with something that is no JSON. Is it the address of a Realtime Database?", inner: e);
        }
        catch (Exception e) when (IsUnreachable(e, cancellationToken))
        {
            throw Unreachable(e);
        }
    }

    private static bool IsUnreachable(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private FirebaseException Unreachable(Exception e) => new(
        e is OperationCanceledException
            ? $"{options.DatabaseEndpoint} did not answer within {patience.Timeout.TotalSeconds:0} seconds."
            : $"{options.DatabaseEndpoint} cannot be reached: {e.Message}",
        isTransient: true,
        inner: e);

    private async Task<HttpResponseMessage> SendAsync(DatabaseRequest request, CancellationToken cancellationToken)
    {
        var response = await FollowAsync(request, await access.TokenAsync(cancellationToken), cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        response.Dispose();
        return await FollowAsync(request, await access.RenewAsync(cancellationToken), cancellationToken);
    }

    private async Task<HttpResponseMessage> FollowAsync(DatabaseRequest request, string token, CancellationToken cancellationToken)
    {
        var address = Address(request);
        for (var redirects = 0; ; redirects++)
        {
            using var message = Message(request, address, token);
            var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 307 or 308) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            var next = new Uri(address, location);
            if (!IsSameDomain(address, next) || redirects == MostRedirects)
            {
                throw new FirebaseException($"{address.Host} sends on to {next.Host}, which is not followed, because the access token is not for that place.");
            }

            address = next;
        }
    }

    private Uri Address(DatabaseRequest request)
    {
        var parameters = request.Query?.ToParameters() ?? [];
        if (options.DatabaseEmulator is not null)
        {
            parameters = parameters.Prepend("ns=" + Uri.EscapeDataString(options.DatabaseName));
        }

        var query = string.Join('&', parameters);
        return new Uri(options.DatabaseEndpoint, request.Path.ToUrl() + (query.Length == 0 ? "" : "?" + query));
    }

    private static HttpRequestMessage Message(DatabaseRequest request, Uri address, string token)
    {
        var message = new HttpRequestMessage(request.Method, address);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (request.WantsTag)
        {
            message.Headers.Add("X-Firebase-ETag", "true");
        }

        if (request.IfMatch is not null)
        {
            message.Headers.TryAddWithoutValidation("if-match", request.IfMatch);
        }

        if (request.IsStream)
        {
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        }

        if (request.HasValue)
        {
            message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request.Value));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        }

        return message;
    }

    /// <summary>Google moves a database's requests between hosts of one domain; the token may go there and nowhere else, and never in the clear.</summary>
    private static bool IsSameDomain(Uri from, Uri to) => from.Scheme == to.Scheme
        && (string.Equals(from.Host, to.Host, StringComparison.OrdinalIgnoreCase)
            || Array.Exists(GoogleDomains, domain => IsIn(from, domain) && IsIn(to, domain)));

    private static bool IsIn(Uri address, string domain) => address.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase);
}
