using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spotter.Packs;
using Spotter.Web.Api;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Postgres;
using Spotter.Web.Tests.Coaching;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Postgres;

/// <summary>An exercise that is taught on a server without workers is learnt, and judges, on another machine.</summary>
[Collection(PostgresTests.Name)]
public sealed class RemoteTeachingTests(PostgresServer postgres)
{
    [Fact]
    public async Task Taught_OnAServer_IsLearntByAWorkerAndJudgesThere()
    {
        using var folder = new TemporaryFolder();
        var open = PostgresBackEnd.WithFolder(await postgres.NewSchemaAsync(), folder.File("clips"));
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0, BackEnd = open });
        var book = server.Services.GetRequiredService<CoachBook>();
        book.Add(TeachingTests.Exercise, "Dumbbell thing");
        for (var clip = 1; clip <= 6; clip++)
        {
            await TeachingTests.AddExampleAsync(server, clip);
        }

        var worker = await WorkerHost.StartAsync(new WorkerOptions { BackEnd = open, Folder = folder.File("worker") });
        await using var closing = (IAsyncDisposable)worker;
        server.Services.GetRequiredService<PackIntake>().Expect();
        for (var i = 0; i < 600 && book.Find(TeachingTests.Exercise)!.Current == 0; i++)
        {
            await Task.Delay(100);
        }

        var taught = Assert.Single(book.Taught());
        Assert.Equal((TeachingTests.Exercise, 1), (taught.Exercise, taught.Version));
        var packs = await worker.Services.GetRequiredService<JudgingPacks>().ForAsync(Request([taught]), CancellationToken.None);
        Assert.Equal("coach.1", packs.Catalogue.Load(TeachingTests.Exercise).Version);
        Assert.Contains("shoulder-press", packs.Catalogue.Names);

        var gone = taught with { Version = 2, Attempt = JobId.New() };
        var error = await Assert.ThrowsAsync<PackFormatException>(() => worker.Services.GetRequiredService<JudgingPacks>().ForAsync(Request([gone]) with { Exercise = TeachingTests.Exercise }, CancellationToken.None));
        Assert.Contains("train the exercise again", error.Message, StringComparison.Ordinal);
        await worker.StopAsync();
    }

    [Fact]
    public async Task Taught_ToAnEarlierVersion_IsLeftOutAndLearntAgainByAWorker()
    {
        using var folder = new TemporaryFolder();
        var open = PostgresBackEnd.WithFolder(await postgres.NewSchemaAsync(), folder.File("clips"));
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0, BackEnd = open });
        var (jobs, book) = (server.Services.GetRequiredService<IJobStore>(), server.Services.GetRequiredService<CoachBook>());
        await UpgradeTests.TeachEarlierAsync(server, TeachingTests.Exercise, examples: 4);

        var clip = await jobs.FindAsync((await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!);
        Assert.Equal([], ClipRequest.Of(clip!).Packs);
        await jobs.CancelAsync(clip!.Id);
        var worker = await WorkerHost.StartAsync(new WorkerOptions { BackEnd = open, Folder = folder.File("worker") });
        await using var closing = (IAsyncDisposable)worker;
        for (var i = 0; i < 600 && await server.Services.GetRequiredService<PackIntake>().TakeAllAsync(CancellationToken.None); i++)
        {
            await Task.Delay(100);
        }

        var packs = await worker.Services.GetRequiredService<JudgingPacks>().ForAsync(Request(book.Taught()) with { Exercise = TeachingTests.Exercise }, CancellationToken.None);
        Assert.Equal("coach.2", packs.Catalogue.Load(TeachingTests.Exercise).Version);
        await worker.StopAsync();
    }

    [Fact]
    public async Task Taught_OnTwoServersUnderOneName_StaysApart()
    {
        using var folder = new TemporaryFolder();
        var open = PostgresBackEnd.WithFolder(await postgres.NewSchemaAsync(), folder.File("clips"));
        await using var first = await TestServer.StartAsync(options => options with { Workers = 0, BackEnd = open });
        await using var second = await TestServer.StartAsync(options => options with { Workers = 0, BackEnd = open });
        foreach (var server in (TestServer[])[first, second])
        {
            server.Services.GetRequiredService<CoachBook>().Add(TeachingTests.Exercise, "Dumbbell thing");
            for (var clip = 1; clip <= 4; clip++)
            {
                await TeachingTests.AddExampleAsync(server, clip, owner: server.Services.GetRequiredService<CoachBook>().Server);
            }
        }

        var worker = await WorkerHost.StartAsync(new WorkerOptions { BackEnd = open, Folder = folder.File("worker") });
        await using var closing = (IAsyncDisposable)worker;
        foreach (var server in (TestServer[])[first, second])
        {
            for (var i = 0; i < 600 && await server.Services.GetRequiredService<PackIntake>().TakeAllAsync(CancellationToken.None); i++)
            {
                await Task.Delay(100);
            }

            Assert.Equal(4, server.Services.GetRequiredService<CoachBook>().Versions(TeachingTests.Exercise)[0].Clips);
        }

        await worker.StopAsync();
        var jobs = second.Services.GetRequiredService<IJobStore>();
        var (book, theirs) = (first.Services.GetRequiredService<CoachBook>(), second.Services.GetRequiredService<CoachBook>());
        var example = (await ExampleApi.FindAsync(TeachingTests.Exercise, jobs, theirs, CancellationToken.None))[0];
        using var refused = await first.Client.DeleteAsync($"/api/exercises/{TeachingTests.Exercise}/examples/{example.Id}");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.True(await first.Services.GetRequiredService<PackIntake>().RemoveAsync(TeachingTests.Exercise, CancellationToken.None));

        Assert.Empty(book.Exercises());
        Assert.Empty(await ExampleApi.FindAsync(TeachingTests.Exercise, jobs, book, CancellationToken.None));
        Assert.Equal(4, (await ExampleApi.FindAsync(TeachingTests.Exercise, jobs, theirs, CancellationToken.None)).Count);
        Assert.NotNull(await jobs.FindAsync(Assert.Single(theirs.Taught()).Job));
    }

    private static ClipRequest Request(IReadOnlyList<TaughtPack> packs) =>
        new() { Title = "", Language = "en", Container = "mov", Bytes = 1, Seconds = 1, Packs = packs };
}
