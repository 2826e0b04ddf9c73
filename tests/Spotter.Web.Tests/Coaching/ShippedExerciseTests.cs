using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Coaching;

/// <summary>Teaching an exercise that comes with Spotter must never cost its own pack.</summary>
public sealed class ShippedExerciseTests
{
    private const string Press = "shoulder-press";

    [Fact]
    public async Task Shipped_TaughtAnew_JudgesUntilAnotherIsChosenAndAfterDeletion()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        var own = await VersionAsync(server);
        using var refused = await server.Client.PostAsync("/api/exercises?title=Shoulder%20press", null);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("comes-with-spotter", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        using var taken = await server.Client.PostAsync("/api/exercises?title=Shoulder%20press&more=true", null);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);

        for (var clip = 1; clip <= 4; clip++)
        {
            await TeachingTests.AddExampleAsync(server, clip, Press);
        }

        await TeachingTests.FitAsync(server, Press);
        Assert.Equal(own, await VersionAsync(server));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.PutAsync($"/api/exercises/{Press}/current?version=1", null)).StatusCode);
        Assert.Equal("coach.1", await VersionAsync(server));
        // From now on the newest judges, until somebody goes back.
        await TeachingTests.FitAsync(server, Press);
        Assert.Equal("coach.2", await VersionAsync(server));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.PutAsync($"/api/exercises/{Press}/current?version=0", null)).StatusCode);
        Assert.Equal(own, await VersionAsync(server));

        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.PutAsync($"/api/exercises/{Press}/current?version=2", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/exercises/{Press}")).StatusCode);
        Assert.Equal(own, await VersionAsync(server));
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/coach")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/")).StatusCode);
        Assert.Empty(await server.Services.GetRequiredService<IJobStore>().ListAsync(new JobQuery()));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.DeleteAsync($"/api/exercises/{Press}")).StatusCode);
    }

    [Fact]
    public async Task Start_ShelfAndBookApartAfterACrash_AgreeAgain()
    {
        using var folder = new TemporaryFolder();
        Func<ServeOptions, ServeOptions> inFolder = options => options with { Workers = 0, DataFolder = folder.File("data") };
        await using (var server = await TestServer.StartAsync(inFolder))
        {
            server.Services.GetRequiredService<CoachBook>().Add(TeachingTests.Exercise, "Dumbbell thing");
            for (var clip = 1; clip <= 4; clip++)
            {
                await TeachingTests.AddExampleAsync(server, clip);
            }

            // Learnt here by a worker of this machine, so that the pack lies in the clip store.
            await server.Services.GetRequiredService<PackIntake>().TakeAllAsync(CancellationToken.None);
            var (jobs, claim) = (server.Services.GetRequiredService<IJobStore>(), (await server.Services.GetRequiredService<IJobStore>().ClaimAsync("test"))!);
            var work = server.Services.GetServices<IJobWork>().Single(work => work.Kind == FitRequest.Kind);
            await jobs.FinishAsync(claim.Lease, await work.RunAsync(claim.Job, JobId.New(), new Progress<JobProgress>(), CancellationToken.None));
            await server.Services.GetRequiredService<PackIntake>().TakeAllAsync(CancellationToken.None);
            Assert.Equal(1, server.Services.GetRequiredService<CoachBook>().Find(TeachingTests.Exercise)!.Current);
        }

        // An example of an exercise whose deletion was cut off before its last step.
        using (var store = new Embedded.SqliteJobStore(new Embedded.EmbeddedDatabase(folder.File("data/spotter.db")), new JobPolicy(), TimeProvider.System))
        {
            await store.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = ExampleRequest.Kind, Details = new ExampleRequest("nobodys", "left", "mov").ToJson() });
        }

        // As if it had been killed after the book was written: nothing on the shelf; and before a deletion was whole: a pack that nobody teaches.
        var live = folder.File("data/packs/live");
        File.Move(Path.Combine(live, TeachingTests.Exercise + ".pack.json"), Path.Combine(live, "nobodys.pack.json"));
        Directory.Delete(folder.File("data/packs/versions"), recursive: true);

        await using var again = await TestServer.StartAsync(inFolder);
        await again.Services.GetRequiredService<PackIntake>().ReconcileAsync(CancellationToken.None);
        var packs = again.Services.GetRequiredService<PackShelf>().Catalogue;
        Assert.Equal("coach.1", packs.Load(TeachingTests.Exercise).Version);
        Assert.DoesNotContain("nobodys", packs.Names);
        var examples = await again.Services.GetRequiredService<IJobStore>().ListAsync(new JobQuery { Kind = ExampleRequest.Kind });
        Assert.Equal([TeachingTests.Exercise], examples.Select(example => ExampleRequest.Of(example).Exercise).Distinct());
    }

    [Fact]
    public async Task Trainings_ExamplesAddedRemovedOrWaiting_AreHandedInOnceForEachState()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        var (jobs, trainings) = (server.Services.GetRequiredService<IJobStore>(), server.Services.GetRequiredService<Trainings>());
        server.Services.GetRequiredService<CoachBook>().Add(TeachingTests.Exercise, "Dumbbell thing");
        var first = await TeachingTests.AddExampleAsync(server, 1);
        // Another example failed once and waits for its next attempt: nothing waits for it.
        var slow = await jobs.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = ExampleRequest.Kind, Details = new ExampleRequest(TeachingTests.Exercise, "slow", "mov").ToJson() });
        await jobs.FailAsync((await jobs.ClaimAsync("test"))!.Lease, new JobProblem("failed", ""), retry: true);

        Assert.True(await trainings.HandInAsync(CancellationToken.None));
        Assert.True(await trainings.HandInAsync(CancellationToken.None));
        Assert.Equal([[first]], await ListAsync(jobs));

        await FinishAllAsync(jobs);
        var second = await TeachingTests.AddExampleAsync(server, 2);
        await trainings.HandInAsync(CancellationToken.None);
        Assert.Equal([[first, second], [first]], await ListAsync(jobs));

        await server.Services.GetRequiredService<Housekeeping>().DeleteAsync(second, CancellationToken.None);
        await trainings.HandInAsync(CancellationToken.None);
        Assert.Equal([[first], [first, second], [first]], await ListAsync(jobs));
        Assert.Equal(JobState.Waiting, (await jobs.FindAsync(slow.Id))!.State);
    }

    [Fact]
    public async Task Trainings_LabelTakenBackOrItsClipDeleted_AreHandedInWithoutIt()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        var (jobs, book, trainings) = (server.Services.GetRequiredService<IJobStore>(), server.Services.GetRequiredService<CoachBook>(), server.Services.GetRequiredService<Trainings>());
        book.Add(TeachingTests.Exercise, "Dumbbell thing");
        var (kept, takenBack, deleted, other) = (
            await JudgeAsync(jobs, TeachingTests.Exercise), await JudgeAsync(jobs, TeachingTests.Exercise), await JudgeAsync(jobs, TeachingTests.Exercise), await JudgeAsync(jobs, Press));
        foreach (var clip in (string[])[kept, takenBack, deleted, other])
        {
            book.Label(new ClipLabel(clip, "Ann", SetLabel.Correct, ""));
        }

        await TeachingTests.AddExampleAsync(server, 1);
        await trainings.HandInAsync(CancellationToken.None);
        Assert.Equal([kept, takenBack, deleted], (await CorrectAsync(jobs)).Last());
        await FinishAllAsync(jobs);

        // New labels wait for the next training, and those of other exercises have nothing to do with it.
        book.Label(new ClipLabel(await JudgeAsync(jobs, TeachingTests.Exercise), "Ann", SetLabel.Incorrect, ""));
        book.Unlabel(other, "Ann");
        Assert.False(await trainings.HandInAsync(CancellationToken.None));

        book.Unlabel(takenBack, "Ann");
        Assert.True(await trainings.HandInAsync(CancellationToken.None));
        await FinishAllAsync(jobs);
        await server.Services.GetRequiredService<Housekeeping>().DeleteAsync(deleted, CancellationToken.None);
        Assert.True(await trainings.HandInAsync(CancellationToken.None));
        await FinishAllAsync(jobs);

        Assert.Equal([[kept], [kept, deleted], [kept, takenBack, deleted]], await CorrectAsync(jobs));
        Assert.False(await trainings.HandInAsync(CancellationToken.None));
    }

    private static async Task<string> JudgeAsync(IJobStore jobs, string exercise)
    {
        var request = new ClipRequest { Title = "set", Language = "en", Container = "mov", Bytes = 1, Seconds = 5 };
        var job = await jobs.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = ClipRequest.Kind, Details = request.ToJson() });
        var outcome = new ClipOutcome { Attempt = JobId.New(), Verdict = Scoring.Verdict.Correct, Exercise = exercise, Files = [] };
        Assert.True(await jobs.FinishAsync((await jobs.ClaimAsync("test"))!.Lease, outcome.ToJson()));
        return job.Id;
    }

    private static async Task<string[][]> CorrectAsync(IJobStore jobs) =>
        [.. (await jobs.ListAsync(new JobQuery { Kind = FitRequest.Kind })).Select(job => FitRequest.Of(job).Correct.ToArray())];

    private static async Task<string?> VersionAsync(TestServer server) =>
        (await server.Client.GetFromJsonAsync<JsonElement>($"/api/exercises/{Press}")).GetProperty("judges").GetProperty("version").GetString();

    private static async Task<string[][]> ListAsync(IJobStore jobs) =>
        [.. (await jobs.ListAsync(new JobQuery { Kind = FitRequest.Kind })).Select(job => FitRequest.Of(job).Examples.ToArray())];

    private static async Task FinishAllAsync(IJobStore jobs)
    {
        while (await jobs.ClaimAsync("test") is { } claimed)
        {
            Assert.Equal(FitRequest.Kind, claimed.Job.Kind);
            await jobs.FinishAsync(claimed.Lease, new FitOutcome(null, null, 0, "too few").ToJson());
        }
    }
}
