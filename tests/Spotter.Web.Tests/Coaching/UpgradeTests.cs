using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Spotter.Packs;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Coaching;

/// <summary>What was taught to an earlier version of Spotter, with another feature network, is learnt again, and keeps nothing else from being judged until then.</summary>
public sealed class UpgradeTests
{
    private const string Press = "shoulder-press";
    private const string Earlier = "an earlier network";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Taught_ToAnEarlierVersion_IsLearntAgainAndOthersJudgeUntilThen(bool follows)
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        var (book, packs) = (server.Services.GetRequiredService<CoachBook>(), server.Services.GetRequiredService<JudgingPacks>());
        await TeachEarlierAsync(server, TeachingTests.Exercise, examples: 4, follows);

        Assert.Contains(Press, (await packs.ForAsync(Request(null), CancellationToken.None)).Catalogue.Names);
        Assert.True((await Assert.ThrowsAsync<UnfitMachineException>(() => packs.ForAsync(Request(TeachingTests.Exercise), CancellationToken.None))).IsBeingLearnt);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "being-learnt"), await CodeAsync(await server.Client.PostAsync($"/api/clips?exercise={TeachingTests.Exercise}", new StreamContent(File.OpenRead(Samples.Good)))));
        Assert.Equal((HttpStatusCode.Conflict, "outdated"), await CodeAsync(await server.Client.PutAsync($"/api/exercises/{TeachingTests.Exercise}/current?version=1", null)));
        foreach (var path in (string[])["/", "/history", "/coach", $"/coach/{TeachingTests.Exercise}/report", $"/api/exercises/{TeachingTests.Exercise}", $"/api/exercises/{TeachingTests.Exercise}/versions/1"])
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await server.Client.GetAsync(path)).StatusCode));
        }

        var page = await PageAsync(server, "en");
        Assert.Contains("version 1 cannot judge any more. A new version is being learnt", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"version\" value=\"1\"", page, StringComparison.Ordinal);
        Assert.Contains("第 1 版已無法評估", await PageAsync(server, "zh-TW"), StringComparison.Ordinal);

        await LearnAsync(server);

        Assert.Equal((2, follows), (book.Find(TeachingTests.Exercise)!.Current, book.Find(TeachingTests.Exercise)!.Follows));
        Assert.Equal([(2, true), (1, false)], book.Versions(TeachingTests.Exercise).Select(version => (version.Number, version.IsLearntAgain)));
        Assert.Equal("coach.2", (await packs.ForAsync(Request(TeachingTests.Exercise), CancellationToken.None)).Catalogue.Load(TeachingTests.Exercise).Version);
        Assert.Equal(Earlier, server.Services.GetRequiredService<PackShelf>().Read(TeachingTests.Exercise, 1).Backbone.Name);
        Assert.Contains("learnt again for a new version of Spotter", await PageAsync(server, "en"), StringComparison.Ordinal);
        Assert.False(await server.Services.GetRequiredService<PackIntake>().UseAsync(TeachingTests.Exercise, 1, CancellationToken.None));
        Assert.False(await server.Services.GetRequiredService<Trainings>().HandInAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a third network")]
    public async Task Training_AfterAnUpgrade_IsHandedInOnceWhateverComesOfIt(string? network)
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        var (jobs, book, trainings) = (server.Services.GetRequiredService<IJobStore>(), server.Services.GetRequiredService<CoachBook>(), server.Services.GetRequiredService<Trainings>());
        await TeachEarlierAsync(server, TeachingTests.Exercise, examples: 1);

        Assert.True(await trainings.HandInAsync(CancellationToken.None));
        Assert.True(await trainings.HandInAsync(CancellationToken.None));
        var claimed = (await jobs.ClaimAsync("test"))!;
        var attempt = JobId.New();
        if (network is not null)
        {
            await StoreAsync(server, claimed.Job.Id, attempt, Pack(server, network));
        }

        var outcome = network is null ? new FitOutcome(null, null, 3, "too few") : new FitOutcome(attempt, Version(0), 12, null);
        Assert.True(await jobs.FinishAsync(claimed.Lease, outcome.ToJson()));

        Assert.False(await server.Services.GetRequiredService<PackIntake>().TakeAllAsync(CancellationToken.None));
        var asked = (await jobs.ListAsync(new JobQuery { Kind = FitRequest.Kind })).Select(FitRequest.Of).ToArray();
        Assert.Equal([server.Services.GetRequiredService<PackShelf>().Catalogue.BackboneSha256, null], asked.Select(request => request.Backbone));
        Assert.Equal(asked[1].Examples, asked[0].Examples);
        Assert.Equal(1, book.Find(TeachingTests.Exercise)!.Current);
        Assert.DoesNotContain(book.Versions(TeachingTests.Exercise), version => version.IsLearntAgain);
        Assert.Contains("gave no new one", await PageAsync(server, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_ForAnotherNetwork_IsLeftToOtherMachines()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        var work = server.Services.GetServices<IJobWork>().Single(work => work.Kind == FitRequest.Kind);
        var job = new Job
        {
            Id = JobId.New(),
            Kind = FitRequest.Kind,
            Details = new FitRequest(TeachingTests.Exercise, "en") { Backbone = "another" }.ToJson(),
            State = JobState.Running,
            Attempts = 1,
            CreatedAt = DateTimeOffset.UtcNow,
            NotBefore = DateTimeOffset.UtcNow,
        };

        await Assert.ThrowsAsync<UnfitMachineException>(() => work.RunAsync(job, JobId.New(), new Progress<JobProgress>(), CancellationToken.None));
    }

    [Fact]
    public async Task Shipped_TaughtToAnEarlierVersion_IsJudgedBySpottersOwnPackUntilThen()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        await TeachEarlierAsync(server, Press, examples: 1);

        var set = await server.Services.GetRequiredService<JudgingPacks>().ForAsync(Request(Press), CancellationToken.None);

        Assert.Equal(PackCatalogue.Default.Load(Press).Version, set.Catalogue.Load(Press).Version);
        Assert.Equal(1, server.Services.GetRequiredService<CoachBook>().Find(Press)!.Current);
    }

    [Fact]
    public async Task Shelf_OfAnEarlierVersion_JudgesWithTheOthersFromTheStart()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await TestServer.StartAsync(options => options with { Workers = 0, DataFolder = folder.File("data") }))
        {
            await TeachEarlierAsync(server, TeachingTests.Exercise, examples: 1);
        }

        var kept = folder.File($"data/packs/versions/{TeachingTests.Exercise}/1.pack.json");
        File.Copy(kept, folder.File($"data/packs/live/{TeachingTests.Exercise}.pack.json"));

        var shelf = new PackShelf(folder.File("data/packs"), PackCatalogue.Default);

        Assert.True(shelf.IsOutdated(TeachingTests.Exercise));
        Assert.Equal(shelf.Shipped, shelf.Catalogue.Names);
        Assert.True(File.Exists(kept));
    }

    /// <summary>An exercise as an earlier version left it: examples, the training on them, which named no network, and the version that came of it.</summary>
    internal static async Task TeachEarlierAsync(TestServer server, string exercise, int examples, bool follows = true)
    {
        var (jobs, book, shelf) = (server.Services.GetRequiredService<IJobStore>(), server.Services.GetRequiredService<CoachBook>(), server.Services.GetRequiredService<PackShelf>());
        var followed = new List<string>();
        for (var clip = 1; clip <= examples; clip++)
        {
            followed.Add(await TeachingTests.AddExampleAsync(server, clip, exercise));
        }

        var training = await jobs.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = FitRequest.Kind, Details = new FitRequest(exercise, "en") { Examples = followed }.ToJson() });
        var (claimed, attempt) = ((await jobs.ClaimAsync("test"))!, JobId.New());
        await StoreAsync(server, training.Id, attempt, Pack(server, Earlier));
        Assert.True(await jobs.FinishAsync(claimed.Lease, new FitOutcome(attempt, Version(0), 12, null).ToJson()));
        shelf.Keep(exercise, 1, Pack(server, Earlier));
        book.Add(exercise, "Dumbbell thing", follows);
        book.AddVersion(exercise, Version(1) with { Job = training.Id, Attempt = attempt }, judges: true);
        await server.Services.GetRequiredService<PackIntake>().ReconcileAsync(CancellationToken.None);
    }

    private static async Task LearnAsync(TestServer server)
    {
        var (jobs, intake) = (server.Services.GetRequiredService<IJobStore>(), server.Services.GetRequiredService<PackIntake>());
        Assert.True(await intake.TakeAllAsync(CancellationToken.None));
        var claimed = (await jobs.ClaimAsync("test"))!;
        var work = server.Services.GetServices<IJobWork>().Single(work => work.Kind == claimed.Job.Kind);
        Assert.True(await jobs.FinishAsync(claimed.Lease, await work.RunAsync(claimed.Job, JobId.New(), new Progress<JobProgress>(), CancellationToken.None)));
        Assert.False(await intake.TakeAllAsync(CancellationToken.None));
    }

    private static ExercisePack Pack(TestServer server, string network) =>
        server.Services.GetRequiredService<PackShelf>().Read(Press, 0) with { Version = TaughtPack.Name(1), Backbone = new Backbone(network, PackCatalogue.BackboneFile, network) };

    private static PackVersion Version(int number) => new(number, DateTimeOffset.UtcNow, 4, 12, 4, "front", 0.01, 0.3, true, null);

    private static async Task StoreAsync(TestServer server, string job, string attempt, ExercisePack pack)
    {
        using var folder = new TemporaryFolder();
        pack.Write(folder.File(TaughtPack.File));
        await server.Services.GetRequiredService<IClipStore>().SaveAsync(new ClipName(job, attempt, TaughtPack.File), folder.File(TaughtPack.File));
    }

    private static ClipRequest Request(string? exercise) => new() { Exercise = exercise, Title = "", Language = "en", Container = "mov", Bytes = 1, Seconds = 1 };

    private static async Task<(HttpStatusCode Status, string? Code)> CodeAsync(HttpResponseMessage response)
    {
        using var read = response;
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    private static async Task<string> PageAsync(TestServer server, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/coach/{TeachingTests.Exercise}") { Headers = { { "Accept-Language", language } } };
        using var response = await server.Client.SendAsync(request);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }
}
