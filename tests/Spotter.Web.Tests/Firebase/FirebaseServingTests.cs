using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spotter.Web.Clips;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Database;
using Spotter.Web.Firebase.Storage;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Firebase.Database;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Firebase;

/// <summary>
/// As Spotter was conceived: the clip goes to Firebase Storage, the job to the Realtime Database, a listener somewhere does it and gives the result back. The
/// work itself is a stand-in, everything around it is real.
/// </summary>
public sealed class FirebaseServingTests(NodeServers servers) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private TestDatabase database = null!;
    private IHost worker = null!;
    private OpenBackEnd backEnd = null!;
    private FirebaseOptions options = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.StartAsync();
        var storage = Environment.GetEnvironmentVariable(FirebaseOptions.StorageEmulatorVariable) is { Length: > 0 } host ? host : servers.FirebaseStorage.Authority;
        options = database.Options with { StorageEmulator = storage, Bucket = $"serving-{Guid.NewGuid():N}" };
        backEnd = FirebaseBackEnd.With(options, _ => FirebaseClipStore.Open(options));
        worker = await WorkerHost.StartAsync(new WorkerOptions { BackEnd = backEnd, Folder = folder.File("work") }, QuickWork.Replace);
        worker.Services.GetRequiredService<QuickWork>().Gate.Release(10);
    }

    public async ValueTask DisposeAsync()
    {
        await worker.StopAsync();
        await ((IAsyncDisposable)worker).DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Clip_HandedInToAServer_IsJudgedByAWorkerElsewhere()
    {
        await using var server = await TestServer.StartAsync(serve => serve with { BackEnd = backEnd, Workers = 0 });

        var handedIn = await server.UploadAsync(Samples.Good, key: "once");
        var again = await server.UploadAsync(Samples.Good, key: "once");
        var id = handedIn.GetProperty("id").GetString()!;
        var done = await server.WaitAsync(id);

        Assert.Equal(id, again.GetProperty("id").GetString());
        Assert.Equal("done", done.GetProperty("state").GetString());
        Assert.Equal("{}", await server.Client.GetStringAsync($"/api/clips/{id}/report"));
        var listed = JsonDocument.Parse(await server.Client.GetStringAsync("/api/clips")).RootElement;
        Assert.Contains(id, listed.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clip_HandedInByASignedInPerson_ComesBackInTheirRun()
    {
        var (id, order) = (JobId.New(), new PushId().Next(DateTimeOffset.UtcNow));
        var clip = folder.File("clip");
        File.Copy(Samples.Good, clip);
        using var clips = FirebaseClipStore.Open(options);
        await clips.SaveAsync(ClipName.Original(id), clip);
        const string Details = """{"title":"Press","language":"en","container":"mp4","bytes":123456,"seconds":12,"exercise":"shoulder-press"}""";

        await database.Client.PatchAsync(database.Root,
        [
            new($"jobs/{id}", new JsonObject { ["kind"] = "judge", ["details"] = Details, ["order"] = order, ["listing"] = $"judge {order}", ["owner"] = "ann" }),
            new($"runs/{id}", new JsonObject
            {
                ["state"] = "waiting",
                ["order"] = order,
                ["listing"] = $"judge {order}",
                ["created"] = ServerValue.Timestamp,
                ["attempts"] = 0,
                ["nonce"] = JobId.New(),
                ["at"] = ServerValue.Timestamp,
                ["waiting"] = ServerValue.Timestamp,
            }),
        ]);

        JsonNode? run = null;
        await foreach (var told in database.Client.StreamAsync(database.Root.Child("runs").Child(id)))
        {
            run = told is { Kind: DatabaseEventKind.Put, Path: "/" } ? told.Data : run;
            if (run?["state"]?.GetValue<string>() == "done")
            {
                break;
            }
        }

        var outcome = JsonNode.Parse(run!["outcome"]!.GetValue<string>())!;
        var result = new ClipName(id, outcome["attempt"]!.GetValue<string>(), outcome["files"]![0]!.GetValue<string>());
        await using var stored = (await clips.OpenAsync(result))!.Content;
        Assert.Equal(2, stored.Length);
    }
}
