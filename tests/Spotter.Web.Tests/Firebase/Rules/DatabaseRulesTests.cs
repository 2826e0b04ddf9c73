using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Database;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Firebase.Rules;

/// <summary>What firebase/database.rules.json lets people do. The rules are evaluated by the npm package targaryen, not by Firebase.</summary>
public sealed class DatabaseRulesTests(NodeServers servers) : IDisposable
{
    private const long Now = 1_800_000_000_000;
    private const string Ann = "ann";
    private const string Bob = "bob";

    private readonly HttpClient http = new() { BaseAddress = servers.DatabaseRules };
    private readonly string id = JobId.New();
    private string order = new PushId().Next(DateTimeOffset.FromUnixTimeMilliseconds(Now));
    private long now = Now;

    private string JobPath => $"/spotter/jobs/{id}";

    private string RunPath => $"/spotter/runs/{id}";

    [Fact]
    public async Task HandIn_JobAndRun_IsAllowedTogetherOnly()
    {
        Assert.True(await HandInAsync(Ann, Job(Ann), Run()));
        Assert.False(await WriteAsync(Ann, JobPath, Job(Ann)));
        Assert.False(await WriteAsync(Ann, RunPath, Run()));
    }

    [Theory]
    [InlineData(2025)]
    [InlineData(2027)]
    [InlineData(2030)]
    [InlineData(2040)]
    [InlineData(2050)]
    public async Task HandIn_OrderOfThatTime_IsAllowedForYears(int year)
    {
        var moment = new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero);
        (now, order) = (moment.ToUnixTimeMilliseconds(), new PushId().Next(moment));
        Assert.True(await HandInAsync(Ann, Job(Ann), Run()));

        order = new PushId().Next(moment.AddYears(6));
        Assert.False(await HandInAsync(Ann, Job(Ann), Run()));
        order = new PushId().Next(moment.AddYears(-6));
        Assert.False(await HandInAsync(Ann, Job(Ann), Run()));
    }

    [Fact]
    public async Task HandIn_OrderAtTheTurnOfItsSecondLetter_IsAllowedOnBothSides()
    {
        const long Turn = 26L << 36;
        foreach (var (at, of) in new[] { (Turn, Turn - 1000), (Turn - 1000, Turn), (Turn + 1000, Turn + 1) })
        {
            (now, order) = (at, new PushId().Next(DateTimeOffset.FromUnixTimeMilliseconds(of)));
            Assert.True(await HandInAsync(Ann, Job(Ann), Run()));
        }
    }

    [Fact]
    public void HandIn_WhatTheRulesAllow_CanBeRead()
    {
        var job = JobNode.Read(id, Job(Ann))!.With(RunNode.Read(Run(moment: Now))!);
        var request = ClipRequest.Of(job);

        Assert.Equal(("Press 中", "zh-Hant", "mp4", 123L, 12.0), (request.Title, request.Language, request.Container, request.Bytes, request.Seconds));
        Assert.Equal(JobState.Waiting, job.State);
        Assert.Equal(ClipRequest.Kind, job.Kind);
    }

    [Fact]
    public async Task HandIn_ForSomebodyElseOrNobody_IsRefused()
    {
        Assert.False(await HandInAsync(null, Job(Ann), Run()));
        Assert.False(await HandInAsync(Bob, Job(Ann), Run()));
        Assert.False(await HandInAsync(Ann, Job(null), Run()));
        Assert.False(await WriteAsync(Bob, RunPath, Run(), Stored(Job(Ann), null)));
        Assert.False(await WriteAsync(Ann, RunPath, Run()));
    }

    [Fact]
    public async Task HandIn_Twice_IsRefused()
    {
        Assert.False(await WriteAsync(Ann, JobPath, Job(Ann), Stored(Job(Ann), Run())));
        Assert.False(await WriteAsync(Ann, RunPath, Run(), Stored(Job(Ann), Run())));
        Assert.False(await WriteAsync(Ann, JobPath, null, Stored(Job(Ann), Run())));
        Assert.False(await WriteAsync(Ann, RunPath, null, Stored(Job(Ann), Run())));
    }

    [Theory]
    [InlineData("state", "\"done\"")]
    [InlineData("outcome", "\"{}\"")]
    [InlineData("attempts", "-5")]
    [InlineData("waiting", "1")]
    [InlineData("later", "1")]
    [InlineData("created", "1")]
    [InlineData("order", "\"-00000000000000000000\"")]
    [InlineData("nonce", "\"short\"")]
    [InlineData("worker", "\"me\"")]
    [InlineData("progress", "{\"stage\":\"x\"}")]
    public async Task HandIn_RunThatIsNotFresh_IsRefused(string field, string value)
    {
        var run = Run();
        run[field] = JsonNode.Parse(value);

        Assert.False(await HandInAsync(Ann, Job(Ann), run));
        Assert.False(await WriteAsync(Ann, $"{RunPath}/{field}", JsonNode.Parse(value), Stored(Job(Ann), Run())));
    }

    [Theory]
    [InlineData("kind", "learn")]
    [InlineData("key", "x")]
    [InlineData("listing", "judge ")]
    [InlineData("order", "x")]
    [InlineData("order", "zzzzzzzzzzzzzzzzzzzz")]
    [InlineData("order", "--------------------")]
    [InlineData("details", "")]
    [InlineData("details", "{}")]
    [InlineData("details", "{\"title\":\"a\"b\",\"language\":\"en\",\"container\":\"mp4\",\"bytes\":1,\"seconds\":1}")]
    [InlineData("details", "{\"title\":\"\\\",\"language\":\"en\",\"container\":\"mp4\",\"bytes\":1,\"seconds\":1}")]
    [InlineData("details", "{\"title\":\"\\ud800\",\"language\":\"en\",\"container\":\"mp4\",\"bytes\":1,\"seconds\":1}")]
    [InlineData("details", "{\"title\":\"a\",\"language\":\"xx\",\"container\":\"mp4\",\"bytes\":1,\"seconds\":1}")]
    [InlineData("details", "{\"title\":\"a\",\"language\":\"en\",\"container\":\"mp4\",\"bytes\":1,\"seconds\":301}")]
    [InlineData("details", "{\"title\":\"a\",\"language\":\"en\",\"container\":\"mp4\",\"bytes\":1000000000,\"seconds\":1}")]
    [InlineData("details", "{\"title\":\"a\",\"language\":\"en\",\"container\":\"mp4\",\"bytes\":01,\"seconds\":1}")]
    [InlineData("details", "{\"title\":\"a\",\"language\":\"en\",\"container\":\"mp4\",\"bytes\":1,\"seconds\":1} ")]
    [InlineData("details", "{\"title\":\"a\",\"language\":\"en\",\"container\":\"mp4\",\"bytes\":1,\"seconds\":1,\"exercise\":\"../x\"}")]
    public async Task HandIn_JobOfAnotherForm_IsRefused(string field, string value)
    {
        var job = Job(Ann);
        job[field] = value;

        Assert.False(await HandInAsync(Ann, job, Run()));
    }

    [Fact]
    public async Task HandIn_NameOfAnotherForm_IsRefused() => Assert.False(await WriteAsync(Ann, "/spotter/jobs/short", Job(Ann)));

    [Fact]
    public async Task Read_OwnClips_AndNoOthers()
    {
        var stored = Stored(Job(Ann), Run());
        var own = new { orderByChild = "owner", equalTo = Ann };

        Assert.True(await ReadAsync(Ann, JobPath, stored));
        Assert.True(await ReadAsync(Ann, RunPath, stored));
        Assert.True(await ReadAsync(Ann, "/spotter/jobs", stored, own));
        foreach (var person in new[] { null, Bob })
        {
            Assert.False(await ReadAsync(person, JobPath, stored));
            Assert.False(await ReadAsync(person, RunPath, stored));
            Assert.False(await ReadAsync(person, "/spotter/jobs", stored, own));
        }

        foreach (var path in new[] { "/", "/spotter", "/spotter/jobs", "/spotter/runs", "/spotter/keys", "/spotter/clock" })
        {
            Assert.False(await ReadAsync(Ann, path, stored));
        }
    }

    [Theory]
    [InlineData("/spotter/keys/x")]
    [InlineData("/spotter/clock")]
    [InlineData("/spotter/more")]
    [InlineData("/more")]
    public async Task Write_Elsewhere_IsRefused(string path) => Assert.False(await WriteAsync(Ann, path, "x"));

    public void Dispose() => http.Dispose();

    private JsonObject Job(string? owner) => new()
    {
        ["kind"] = "judge",
        ["details"] = "{\"title\":\"Press \\u4e2d\",\"language\":\"zh-Hant\",\"container\":\"mp4\",\"bytes\":123,\"seconds\":12,\"exercise\":\"shoulder-press\"}",
        ["order"] = order,
        ["listing"] = $"judge {order}",
        ["owner"] = owner,
    };

    private JsonObject Run(long? moment = null)
    {
        JsonNode Time() => moment is { } known ? JsonValue.Create(known) : new JsonObject { [".sv"] = "timestamp" };

        return new JsonObject
        {
            ["state"] = "waiting",
            ["order"] = order,
            ["listing"] = $"judge {order}",
            ["created"] = Time(),
            ["attempts"] = 0,
            ["nonce"] = id,
            ["at"] = Time(),
            ["waiting"] = Time(),
        };
    }

    private JsonObject Stored(JsonObject job, JsonObject? run) => new()
    {
        ["spotter"] = new JsonObject { ["jobs"] = new JsonObject { [id] = job }, ["runs"] = run is null ? null : new JsonObject { [id] = run } },
    };

    private Task<bool> HandInAsync(string? person, JsonObject job, JsonObject run) =>
        AskAsync(person, null, new { update = new { path = "/spotter", values = new JsonObject { [$"jobs/{id}"] = job, [$"runs/{id}"] = run } } });

    private Task<bool> WriteAsync(string? person, string path, JsonNode? value, JsonObject? stored = null) => AskAsync(person, stored, new { write = new { path, value } });

    private Task<bool> ReadAsync(string? person, string path, JsonObject stored, object? query = null) => AskAsync(person, stored, new { read = new { path, query } });

    private async Task<bool> AskAsync(string? person, JsonObject? stored, object question)
    {
        var asked = JsonSerializer.SerializeToNode(question)!.AsObject();
        asked["auth"] = person is null ? null : new JsonObject { ["uid"] = person };
        asked["data"] = stored?.DeepClone();
        asked["now"] = now;
        using var response = await http.PostAsJsonAsync("/", asked);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.TryGetProperty("allowed", out var allowed) ? allowed.GetBoolean() : throw new InvalidOperationException(answer.GetProperty("info").GetString());
    }
}
