using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Spotter.Tests;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Database;
using Spotter.Web.Jobs;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>
/// A database for one test: our own server, or the emulator that FIREBASE_DATABASE_EMULATOR_HOST names, where each test has a node to itself. Tests that need
/// faults need our own server.
/// </summary>
internal sealed partial class TestDatabase : IAsyncDisposable
{
    /// <summary>The indexes that the rules in the repository deploy, "table child" each.</summary>
    private static readonly string[] Indexes =
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(SharedData.Repository, "firebase", "database.rules.json")))!["rules"]!["spotter"]!.AsObject()
            .SelectMany(table => (table.Value as JsonObject)?[".indexOn"] is JsonArray children ? children.Select(child => $"{table.Key} {child}") : []),
    ];

    private readonly ConcurrentQueue<RealtimeDatabase> clients = [];
    private readonly DatabaseServer? server;
    private readonly TimeProvider? time;

    private TestDatabase(DatabaseServer? server, string host, TimeProvider? time)
    {
        (this.server, this.time) = (server, time);
        Options = new FirebaseOptions
        {
            DatabaseUrl = new Uri("https://spotter-test-default-rtdb.firebaseio.com"),
            Bucket = "spotter-test",
            Root = server is null ? "test-" + JobId.New() : "spotter",
            DatabaseEmulator = host,
        };
        Root = DatabasePath.Parse(Options.Root);
        if (server is not null)
        {
            server.Indexes = Indexes.Select(index => $"{Options.Root}/{index}").ToHashSet(StringComparer.Ordinal);
        }

        Client = NewClient();
    }

    public FirebaseOptions Options { get; }

    public DatabasePath Root { get; }

    public RealtimeDatabase Client { get; }

    /// <summary>Our own server; skips the test where an emulator is used.</summary>
    public DatabaseServer Server
    {
        get
        {
            Assert.SkipWhen(server is null, "needs the server of the tests. Unset FIREBASE_DATABASE_EMULATOR_HOST");
            return server;
        }
    }

    /// <param name="time">The server's clock; an emulator is told its time in place of placeholders. Null for the system's.</param>
    public static async Task<TestDatabase> StartAsync(TimeProvider? time = null)
    {
        if (Environment.GetEnvironmentVariable(FirebaseOptions.DatabaseEmulatorVariable) is { Length: > 0 } host)
        {
            var emulated = new TestDatabase(null, host, time);
            await emulated.DeployIndexesAsync();
            return emulated;
        }

        var started = await DatabaseServer.StartAsync(time);
        return new TestDatabase(started, started.Url.Authority, time);
    }

    /// <summary>Another client of the database.</summary>
    /// <param name="patience">How patient; null for one that suits tests.</param>
    /// <param name="clock">Its clock; null for the system's.</param>
    /// <param name="access">Its tokens; null for the emulator's.</param>
    public RealtimeDatabase NewClient(DatabasePatience? patience = null, TimeProvider? clock = null, FirebaseAccess? access = null)
    {
        var handler = server is null && time is not null ? new StampingHandler(time) : null;
        var client = new RealtimeDatabase(Options, access, patience ?? new DatabasePatience { FirstPause = TimeSpan.FromMilliseconds(5) }, clock, handler);
        clients.Enqueue(client);
        return client;
    }

    /// <summary>Lets queries run without an index, where that can be said.</summary>
    public void ForgetIndexes()
    {
        if (server is not null)
        {
            server.Indexes = null;
        }
    }

    /// <summary>The keys that a query finds, in its order; null where an emulator is used, whose answers have no order.</summary>
    public JsonArray? OrderOf(DatabasePath path, JsonObject parameters) => server is null
        ? null
        : [.. DataQuery.Read(name => parameters[name]?.ToJsonString())!.Find(server.Engine.Get(path.ToString().Split('/'))).Select(child => (JsonNode)child.Key)];

    public async ValueTask DisposeAsync()
    {
        if (server is null)
        {
            await Client.DeleteAsync(Root);
        }

        foreach (var client in clients)
        {
            client.Dispose();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private async Task DeployIndexesAsync()
    {
        var tables = Indexes.Select(index => index.Split(' ')).GroupBy(parts => parts[0], parts => parts[1]);
        var rules = new JsonObject
        {
            ["rules"] = new JsonObject
            {
                ["$root"] = new JsonObject(tables.Select(table => KeyValuePair.Create(
                    table.Key, (JsonNode?)new JsonObject { [".indexOn"] = new JsonArray([.. table.Select(child => JsonValue.Create(child))]) }))),
            },
        };
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Options.DatabaseEndpoint, $"/.settings/rules.json?ns={Options.DatabaseName}"));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + FirebaseAccess.EmulatorToken);
        request.Content = new StringContent(rules.ToJsonString());
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Puts a test's own time where the emulator would put the system's.</summary>
    private sealed partial class StampingHandler(TimeProvider time) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
            {
                var text = await request.Content.ReadAsStringAsync(cancellationToken);
                request.Content = new StringContent(Placeholder().Replace(text, JsonSerializer.Serialize(time.GetUtcNow().ToUnixTimeMilliseconds())));
            }

            return await base.SendAsync(request, cancellationToken);
        }

        [GeneratedRegex("""\{"\.sv":"timestamp"\}""")]
        private static partial Regex Placeholder();
    }
}
