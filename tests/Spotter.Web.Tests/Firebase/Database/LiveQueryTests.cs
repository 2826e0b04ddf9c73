using System.Text.Json.Nodes;
using Google.Apis.Auth.OAuth2;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Database;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>The copy that follows a query survives whatever happens to its stream.</summary>
public sealed class LiveQueryTests : IAsyncLifetime
{
    private static readonly DatabasePatience Quick = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(5),
        LongestPause = TimeSpan.FromMilliseconds(50),
        Silence = TimeSpan.FromMilliseconds(600),
        Poll = TimeSpan.FromSeconds(30),
    };

    private TestDatabase database = null!;
    private LiveQuery? live;

    private DatabasePath Node => database.Root.Child("runs");

    public async ValueTask InitializeAsync() => database = await TestDatabase.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await (live?.DisposeAsync() ?? ValueTask.CompletedTask);
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Copy_QueryWithLimit_ShowsWhatTheQueryFinds()
    {
        Follow(Quick, new DatabaseQuery { OrderBy = "waiting", StartAt = JsonValue.Create(1), LimitToFirst = 2 });
        await ShowsAsync("");

        await WriteAsync("c", 3);
        await ShowsAsync("c");
        await WriteAsync("a", 1);
        await WriteAsync("b", 2);
        await ShowsAsync("a b");
        await database.Client.DeleteAsync(Node.Child("a"));
        await ShowsAsync("b c");
        await database.Client.PutAsync(Node.Child("b").Child("waiting"), null);
        await ShowsAsync("c");
    }

    [Fact]
    public async Task Copy_DeepChangesAndArrays_AreApplied()
    {
        Follow(Quick, new DatabaseQuery { OrderBy = DatabaseQuery.ByKey });
        await database.Client.PutAsync(Node, JsonNode.Parse("""{"a": {"list": [1, 2, 3]}, "b": 1}"""));
        await database.Client.PatchAsync(Node, [new("a/list/1", null), new("a/x/y", 5), new("b", null)]);

        await UntilAsync(() => live!.Look(children => new JsonObject(children.Select(child => KeyValuePair.Create(child.Key, child.Value?.DeepClone()))).ToJsonString()
            is """{"a":{"list":{"0":1,"2":3},"x":{"y":5}}}"""));
    }

    [Fact]
    public async Task Stream_Cut_IsOpenedAgainWithAFullRead()
    {
        Follow(Quick);
        await WriteAsync("a", 1);
        await ShowsAsync("a");
        database.Server.Fault = (_, _, isStream) => isStream ? DatabaseFault.Unavailable : DatabaseFault.None;
        database.Server.CutStreams();
        await UntilAsync(() => !live!.IsLive);

        await WriteAsync("b", 2);
        await ShowsAsync("a b"); // by the poll
        Assert.False(live!.IsLive);
        database.Server.Fault = (_, _, _) => DatabaseFault.None;

        await UntilAsync(() => live.IsLive && live.Connections >= 2);
        await WriteAsync("c", 3);
        await ShowsAsync("a b c");
    }

    [Fact]
    public async Task Stream_TokenRevoked_IsOpenedAgain()
    {
        Follow(Quick);
        await ShowsAsync("");
        var before = live!.Connections;

        database.Server.RevokeStreams();

        await UntilAsync(() => live.Connections > before && live.IsLive);
        await WriteAsync("a", 1);
        await ShowsAsync("a");
    }

    [Fact]
    public async Task Stream_TokenRevoked_IsOpenedAgainWithANewOne()
    {
        var tokens = new Renewing();
        database.Server.IsToken = token => token == tokens.Good;
        live = new LiveQuery(database.NewClient(Quick, access: FirebaseAccess.With(tokens)), Node, Waiting, TimeProvider.System);
        live.Start();
        await ShowsAsync("");
        var before = live.Connections;

        tokens.Good = "token-2";
        database.Server.IsToken = token => token == tokens.Good || token == FirebaseAccess.EmulatorToken;
        database.Server.RevokeStreams();

        await UntilAsync(() => live.Connections > before && live.IsLive);
        await WriteAsync("a", 1);
        await ShowsAsync("a");
        Assert.Equal("token-2", tokens.Last);
    }

    [Fact]
    public async Task Stream_NoLongerAllowed_IsAskedForAgain()
    {
        Follow(Quick);
        await ShowsAsync("");
        var before = live!.Connections;

        database.Server.CancelStreams();

        await UntilAsync(() => live.Connections > before && live.IsLive);
        await WriteAsync("a", 1);
        await ShowsAsync("a");
    }

    [Fact]
    public async Task Stream_SentOn_IsFollowedWithTheToken()
    {
        await using var other = await DatabaseServer.StartAsync();
        other.IsToken = token => token == "owner";
        database.Server.Redirect = request => request.Headers.Accept.Contains("text/event-stream") ? new Uri(other.Url, request.Path + request.QueryString.Value) : null;
        Follow(Quick);

        other.Engine.Put([.. Node.ToString().Split('/'), "x"], JsonNode.Parse("""{"waiting": 1}"""), null);

        await ShowsAsync("x");
    }

    [Fact]
    public async Task Stream_KeepAlives_KeepItAlive()
    {
        database.Server.KeepAlive = TimeSpan.FromMilliseconds(50);
        var patience = Quick with { Silence = TimeSpan.FromSeconds(3) };
        Follow(patience);
        await ShowsAsync("");

        await Task.Delay(patience.Silence * 1.2);

        Assert.True(live!.IsLive);
        Assert.Equal(1, live.Connections);
    }

    [Fact]
    public async Task Stream_FallsSilent_IsOpenedAgain()
    {
        Follow(Quick);
        await ShowsAsync("");
        var before = live!.Connections;
        database.Server.Engine.ForFollowers(follower => follower.IsSilent = true);
        await WriteAsync("a", 1);

        await ShowsAsync("a");

        Assert.True(live.Connections > before);
    }

    [Fact]
    public async Task Stream_ForgetsAChange_ThePollFindsIt()
    {
        database.Server.KeepAlive = TimeSpan.FromMilliseconds(50);
        Follow(Quick with { Poll = TimeSpan.FromMilliseconds(400), Silence = TimeSpan.FromSeconds(30) });
        await ShowsAsync("");
        database.Server.Engine.ForFollowers(follower => follower.IsSilent = true);
        await WriteAsync("a", 1);

        await ShowsAsync("a");

        Assert.Equal(1, live!.Connections);
    }

    private static DatabaseQuery Waiting => new() { OrderBy = "waiting", StartAt = JsonValue.Create(1), LimitToFirst = 100 };

    private void Follow(DatabasePatience patience, DatabaseQuery? query = null)
    {
        live = new LiveQuery(database.NewClient(patience), Node, query ?? Waiting, TimeProvider.System);
        live.Start();
    }

    private async Task WriteAsync(string key, int waiting) => await database.Client.PutAsync(Node.Child(key), new JsonObject { ["waiting"] = waiting });

    private Task ShowsAsync(string keys) => UntilAsync(() => live!.Connections > 0 && live.Look(children => string.Join(' ', children.Select(child => child.Key).Order(StringComparer.Ordinal))) == keys);

    private async Task UntilAsync(Func<bool> condition)
    {
        var limit = DateTime.UtcNow.AddSeconds(20);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < limit, $"did not come to pass; last trouble: {live?.LastTrouble}");
            await Task.Delay(10);
        }
    }

    /// <summary>Gives the same token until it was refused, as a credential does that does not know better.</summary>
    private sealed class Renewing : ITokenAccess
    {
        private int asked;

        public string Good { get; set; } = "token-1";

        public string Last { get; private set; } = "token-1";

        public Task<string> GetAccessTokenForRequestAsync(string? authUri = null, CancellationToken cancellationToken = default)
        {
            // Asked twice for one request: the first answer was refused.
            asked = Last == Good ? 0 : asked + 1;
            Last = asked > 1 ? Good : Last;
            return Task.FromResult(Last);
        }
    }
}
