using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;

namespace Spotter.Web.Tests.Serving;

/// <summary>Pages that follow a clip, when the server stops or the clip goes.</summary>
public sealed class StoppingTests
{
    // A server waits ten seconds for requests that do not end.
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Stop_WithOpenResultPages_GivesTheJobBackWithoutWaitingForThem()
    {
        using var folder = new TemporaryFolder();
        string id;
        using var watcher = new HttpClient();
        await using (var server = await TestServer.StartAsync(options => options with { DataFolder = folder.File("data") }, QuickWork.Replace))
        {
            id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!;
            var work = server.Services.GetRequiredService<QuickWork>();
            for (var i = 0; i < 200 && work.Started == 0; i++)
            {
                await Task.Delay(50);
            }

            using var reader = new StreamReader(await watcher.GetStreamAsync($"{server.Url}/api/clips/{id}/events"));
            Assert.NotNull(await reader.ReadLineAsync());
            var clock = Stopwatch.StartNew();
            await server.StopAsync();
            Assert.True(clock.Elapsed < Prompt, $"stopping took {clock.Elapsed.TotalSeconds:0.0} s");
            while (await reader.ReadLineAsync() is not null)
            {
                // The stream comes to its end in order.
            }
        }

        using var store = new SqliteJobStore(new EmbeddedDatabase(folder.File("data/spotter.db")), new JobPolicy(), TimeProvider.System);
        var job = await store.FindAsync(id);
        Assert.Equal((JobState.Waiting, 0), (job!.State, job.Attempts));
    }

    [Fact]
    public async Task Events_OfAClipThatIsDeleted_End()
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);
        var id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!;
        using var reader = new StreamReader(await server.Client.GetStreamAsync($"/api/clips/{id}/events"));
        Assert.NotNull(await reader.ReadLineAsync());

        await server.Client.DeleteAsync($"/api/clips/{id}");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await reader.ReadLineAsync(limit.Token) is not null)
        {
            // What was told before.
        }

        using var again = await server.Client.GetAsync($"/api/clips/{id}/events");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, again.StatusCode);
    }
}
