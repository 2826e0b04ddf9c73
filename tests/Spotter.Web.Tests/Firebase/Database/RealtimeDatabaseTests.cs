using System.Net;
using System.Text.Json.Nodes;
using Google.Apis.Auth.OAuth2;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Database;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>The client: values, conditional writes, queries, tokens, redirects and what goes wrong.</summary>
public sealed class RealtimeDatabaseTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    private RealtimeDatabase Client => database.Client;

    private DatabasePath Node => database.Root.Child("values");

    public async ValueTask InitializeAsync() => database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Put_Value_IsReadBackWithoutNulls()
    {
        await Client.PutAsync(Node, JsonNode.Parse("""{"a": 1, "b": {"c": null}, "肩 %2F é": [true, null, "x"], "d": {}}"""));

        AssertSame("""{"a": 1, "肩 %2F é": [true, null, "x"]}""", await Client.GetAsync(Node));
        AssertSame("\"x\"", await Client.GetAsync(Node.Child("肩 %2F é").Child("2")));
        Assert.Null(await Client.GetAsync(Node.Child("b")));
    }

    [Fact]
    public async Task Put_ServerValues_AreFilledInByTheServer()
    {
        var before = DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeMilliseconds();

        var first = await Client.PutAsync(Node, new JsonObject { ["at"] = ServerValue.Timestamp, ["n"] = ServerValue.Increment(2) });
        var second = await Client.PutAsync(Node.Child("n"), ServerValue.Increment(0.5));

        Assert.InRange(first!["at"]!.GetValue<long>(), before, before + 600_000);
        Assert.Equal(2.5, second!.GetValue<double>());
    }

    [Fact]
    public async Task TryPut_TagOfTheValue_IsWrittenOnce()
    {
        var empty = await Client.GetTaggedAsync(Node);
        Assert.Equal((null, RealtimeDatabase.NoValueTag), (empty.Value, empty.Tag));

        var first = await Client.TryPutAsync(Node, "one", empty.Tag);
        var late = await Client.TryPutAsync(Node, "late", empty.Tag);
        var second = await Client.TryPutAsync(Node, "two", first.Now.Tag);
        var gone = await Client.TryPutAsync(Node, null, second.Now.Tag);

        Assert.True(first.IsWritten);
        Assert.Equal((false, "one", first.Now.Tag), (late.IsWritten, late.Now.Value!.GetValue<string>(), late.Now.Tag));
        Assert.True(second.IsWritten);
        Assert.Equal((true, RealtimeDatabase.NoValueTag), (gone.IsWritten, gone.Now.Tag));
    }

    [Fact]
    public async Task TryPut_WrittenOrRefused_IsOneRequest()
    {
        var before = database.Server.Requests;

        var written = await Client.TryPutAsync(Node, "one", RealtimeDatabase.NoValueTag);
        await Client.TryPutAsync(Node, "late", RealtimeDatabase.NoValueTag);
        await Client.TryPutAsync(Node, new JsonObject { ["at"] = ServerValue.Timestamp }, written.Now.Tag);

        Assert.Equal(3, database.Server.Requests - before);
    }

    [Fact]
    public async Task TryPut_ManyAtOnce_EachCounts()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(CountUpAsync)));

        Assert.Equal(40, (await Client.GetAsync(Node))!.GetValue<int>());

        async Task CountUpAsync()
        {
            for (var i = 0; i < 5; i++)
            {
                var now = await Client.GetTaggedAsync(Node);
                while (await Client.TryPutAsync(Node, (now.Value?.GetValue<int>() ?? 0) + 1, now.Tag) is { IsWritten: false } refused)
                {
                    now = refused.Now;
                }
            }
        }
    }

    [Fact]
    public async Task Patch_SeveralPlaces_AllOrNone()
    {
        await Client.PutAsync(Node, JsonNode.Parse("""{"a": {"x": 1, "y": 2}, "b": 3}"""));

        await Client.PatchAsync(Node, [new("a/x", 5), new("b", null), new("c/d", "new")]);
        await Assert.ThrowsAsync<FirebaseException>(() => Client.PatchAsync(Node, [new("a/y", 9), new("bad.key", 1)]));

        AssertSame("""{"a": {"x": 5, "y": 2}, "c": {"d": "new"}}""", await Client.GetAsync(Node));
    }

    [Fact]
    public async Task Push_Several_SortAsTheyCame()
    {
        var keys = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            keys.Add(await Client.PushAsync(Node, i));
        }

        Assert.Equal(keys, (await Client.GetAsync(Node))!.AsObject().Select(child => child.Key).Order(StringComparer.Ordinal));
        var last = await Client.GetAsync(Node, new DatabaseQuery { OrderBy = DatabaseQuery.ByKey, LimitToLast = 1 });
        Assert.Equal(keys[^1], Assert.Single(last!.AsObject()).Key);
    }

    [Fact]
    public async Task Get_Query_FindsWhatItAsksFor()
    {
        var runs = database.Root.Child("runs");
        await Client.PutAsync(runs, JsonNode.Parse("""{"a": {"waiting": 3}, "b": {"waiting": 1}, "c": {"beat": 1}, "d": {"waiting": 2}, "e": {"waiting": "x"}}"""));

        Assert.Equal(["b", "d"], await KeysAsync(new DatabaseQuery { OrderBy = "waiting", StartAt = JsonValue.Create(1), LimitToFirst = 2 }));
        Assert.Equal(["a", "d"], await KeysAsync(new DatabaseQuery { OrderBy = "waiting", StartAt = JsonValue.Create(2), EndAt = JsonValue.Create(3) }));
        Assert.Equal(["e"], await KeysAsync(new DatabaseQuery { OrderBy = "waiting", EqualTo = JsonValue.Create("x") }));
        Assert.Equal(["d", "e"], await KeysAsync(new DatabaseQuery { OrderBy = DatabaseQuery.ByKey, LimitToLast = 2 }));

        async Task<IEnumerable<string>> KeysAsync(DatabaseQuery query) =>
            (await Client.GetAsync(runs, query))!.AsObject().Select(child => child.Key).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Get_NoIndex_SaysWhatToDo()
    {
        _ = database.Server;

        var error = await Assert.ThrowsAsync<FirebaseException>(() => Client.GetAsync(Node, new DatabaseQuery { OrderBy = "x", LimitToFirst = 1 }));

        Assert.Contains("firebase deploy --only database", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a$b")]
    [InlineData("a#b")]
    [InlineData("a[b")]
    [InlineData("a]b")]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    public async Task Key_NotAllowed_IsRefusedHereAndThere(string key)
    {
        Assert.Throws<ArgumentException>(() => Node.Child(key));
        var error = await Assert.ThrowsAsync<FirebaseException>(() => Client.PutAsync(Node, new JsonObject { [key] = 1 }));
        Assert.Equal(HttpStatusCode.BadRequest, error.Status);
    }

    [Theory]
    [InlineData(DatabaseFault.LoseRequest)]
    [InlineData(DatabaseFault.LoseReply)]
    [InlineData(DatabaseFault.Unavailable)]
    internal async Task Ask_FailsTwice_IsAskedAgain(DatabaseFault fault)
    {
        var failures = 2;
        database.Server.Fault = (_, _, _) => failures-- > 0 ? fault : DatabaseFault.None;

        await Client.PutAsync(Node, 7);

        Assert.Equal(7, (await Client.GetAsync(Node))!.GetValue<int>());
    }

    [Fact]
    public async Task TryPut_ReplyLost_TellsThatTheValueIsThere()
    {
        var replies = 0;
        database.Server.Fault = (_, _, _) => replies++ == 0 ? DatabaseFault.LoseReply : DatabaseFault.None;

        var write = await Client.TryPutAsync(Node, new JsonObject { ["nonce"] = "mine" }, RealtimeDatabase.NoValueTag);

        Assert.Equal((false, "mine"), (write.IsWritten, write.Now.Value!["nonce"]!.GetValue<string>()));
        Assert.Equal(1, database.Server.Engine.Writes);
    }

    [Theory]
    [InlineData(DatabaseFault.Unavailable)]
    [InlineData(DatabaseFault.Hang)]
    internal async Task Ask_NeverAnswered_IsTransient(DatabaseFault fault)
    {
        database.Server.Fault = (_, _, _) => fault;
        var client = database.NewClient(new DatabasePatience { Timeout = TimeSpan.FromMilliseconds(500), FirstPause = TimeSpan.FromMilliseconds(1), Attempts = 2 });

        var error = await Assert.ThrowsAsync<FirebaseException>(() => client.GetAsync(Node));

        Assert.True(error.IsTransient);
        Assert.Equal(2, database.Server.Requests);
    }

    [Fact]
    public async Task Ask_Cancelled_Stops()
    {
        database.Server.Fault = (_, _, _) => DatabaseFault.Hang;
        using var stop = new CancellationTokenSource(50);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.GetAsync(Node, cancellationToken: stop.Token));
    }

    [Fact]
    public async Task Ask_TokenExpired_AsksWithANewOne()
    {
        var tokens = new Tokens();
        database.Server.IsToken = token => token == "token-2";
        var client = database.NewClient(access: FirebaseAccess.With(tokens));

        await client.PutAsync(Node, 1);
        var asked = tokens.Asked;

        database.Server.IsToken = _ => false;
        var error = await Assert.ThrowsAsync<FirebaseException>(() => client.GetAsync(Node));
        Assert.Equal(2, asked);
        Assert.Equal(HttpStatusCode.Unauthorized, error.Status);
        Assert.Contains("service account", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_SentOnWithinTheHost_KeepsTheToken()
    {
        await using var other = await DatabaseServer.StartAsync();
        database.Server.Redirect = request => new Uri(other.Url, request.Path + request.QueryString.Value);
        other.IsToken = token => token == FirebaseAccess.EmulatorToken;

        await Client.PutAsync(Node, "there");

        Assert.Equal("there", other.Engine.Get([.. Node.ToString().Split('/')]).Leaf);
        Assert.Equal(0, database.Server.Engine.Writes);
    }

    [Fact]
    public async Task Ask_SentOnElsewhere_IsNotFollowed()
    {
        await using var other = await DatabaseServer.StartAsync();
        // Another name of the same machine: the token must not get there.
        database.Server.Redirect = request => new Uri($"http://localhost:{other.Url.Port}{request.Path}{request.QueryString}");

        var error = await Assert.ThrowsAsync<FirebaseException>(() => Client.PutAsync(Node, 1));

        Assert.Contains("localhost", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, other.Requests);
    }

    [Theory]
    [InlineData("https://s-usc1c-nss-200.firebaseio.com/x.json?ns=my-project", true)]
    [InlineData("https://firebaseio.com.example.org/x.json", false)]
    [InlineData("https://my-project.example.org/x.json", false)]
    [InlineData("http://my-project.firebaseio.com/x.json", false)]
    public async Task Ask_GoogleSendsOn_TheTokenStaysInItsDomain(string location, bool isFollowed)
    {
        var handler = new SendingOn(new Uri(location));
        var options = new FirebaseOptions { DatabaseUrl = new Uri("https://my-project.firebaseio.com"), Bucket = "b" };
        using var client = new RealtimeDatabase(options, FirebaseAccess.With(new Tokens()), handler: handler);

        var asking = client.GetAsync(Node);

        if (isFollowed)
        {
            Assert.Equal(1, (await asking)!.GetValue<int>());
        }
        else
        {
            await Assert.ThrowsAsync<FirebaseException>(() => asking);
        }

        Assert.Equal(isFollowed ? ["Bearer token-1", "Bearer token-1"] : ["Bearer token-1"], handler.Seen);
    }

    [Fact]
    public async Task Ask_SomethingElseAnswers_SaysSo()
    {
        using var client = new RealtimeDatabase(database.Options, handler: new SendingOn(null));

        var error = await Assert.ThrowsAsync<FirebaseException>(() => client.GetAsync(Node));

        Assert.Contains("no JSON", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task Ask_Emulator_NamesTheDatabase()
    {
        var names = new List<string?>();
        database.Server.Redirect = request =>
        {
            names.Add(request.Query["ns"]);
            return null;
        };

        await Client.GetAsync(Node);
        await Client.GetAsync(Node, new DatabaseQuery { OrderBy = DatabaseQuery.ByKey });

        Assert.Equal([database.Options.DatabaseName, database.Options.DatabaseName], names);
    }

    [Fact]
    public async Task Ask_SentOnForEver_GivesUp()
    {
        database.Server.Redirect = request => new Uri(database.Server.Url, request.Path + request.QueryString.Value);

        await Assert.ThrowsAsync<FirebaseException>(() => Client.GetAsync(Node));

        Assert.InRange(database.Server.Requests, 2, 10);
    }

    [Fact]
    public async Task Stream_ValueAndChanges_AreTold()
    {
        await Client.PutAsync(Node, JsonNode.Parse("""{"a": 1}"""));
        await using var events = Client.StreamAsync(Node).GetAsyncEnumerator();

        Assert.Equal("Put / {\"a\":1}", await NextAsync());
        await Client.PutAsync(Node.Child("b").Child("c"), true);
        Assert.Equal("Put /b/c true", await NextAsync());
        await Client.PatchAsync(Node, [new("a", null), new("d", 4)]);
        Assert.Equal("Patch / {\"a\":null,\"d\":4}", await NextAsync());
        await Client.DeleteAsync(Node);
        Assert.Equal("Put / null", await NextAsync());

        async Task<string> NextAsync()
        {
            do
            {
                Assert.True(await events.MoveNextAsync());
            }
            while (events.Current.Kind == DatabaseEventKind.KeepAlive);
            return $"{events.Current.Kind} {events.Current.Path} {events.Current.Data?.ToJsonString() ?? "null"}";
        }
    }

    private static void AssertSame(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}, got {actual?.ToJsonString() ?? "null"}");

    private sealed class Tokens : ITokenAccess
    {
        public int Asked { get; private set; }

        public Task<string> GetAccessTokenForRequestAsync(string? authUri = null, CancellationToken cancellationToken = default) => Task.FromResult($"token-{++Asked}");
    }

    /// <summary>Sends the first request on, and answers the next; without a place to send to, it answers as a proxy's page does.</summary>
    private sealed class SendingOn(Uri? location) : HttpMessageHandler
    {
        public List<string> Seen { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen.Add(request.Headers.Authorization!.ToString());
            return Task.FromResult(location is null || Seen.Count > 1
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(location is null ? "<html>" : "1") }
                : new HttpResponseMessage(HttpStatusCode.TemporaryRedirect) { Headers = { Location = location } });
        }
    }
}
