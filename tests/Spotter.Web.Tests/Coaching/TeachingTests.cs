using Microsoft.Extensions.DependencyInjection;
using Spotter.Poses;
using Spotter.Synthesis;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Coaching;

/// <summary>An exercise without a definition is learnt from followed examples alone, in a server without a worker.</summary>
public sealed class TeachingTests
{
    internal const string Exercise = "dumbbell-thing";

    [Fact]
    public async Task Fit_FromExamplesAlone_TrustGrowsAndVersionsCanBeChosen()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        var (book, shelf) = (server.Services.GetRequiredService<CoachBook>(), server.Services.GetRequiredService<PackShelf>());
        book.Add(Exercise, "Dumbbell thing");

        Assert.NotNull((await FitAsync(server)).Problem);
        for (var clip = 1; clip <= 6; clip++)
        {
            await AddExampleAsync(server, clip);
            await FitAsync(server);
        }

        var versions = book.Versions(Exercise);
        Assert.Equal((6, 18, true), (versions[0].Clips, versions[0].Repetitions, versions[0].CanFlag));
        Assert.True(versions[0].High < versions.Last(version => version.CanFlag).High, "more clips must make it surer");
        Assert.Equal(versions[0].Number, book.Find(Exercise)!.Current);
        var pack = shelf.Catalogue.Load(Exercise);
        Assert.Contains(pack.Definition.Signal.Joint, (string[])["wrist", "elbow"]);
        Assert.Contains("shoulder-press", shelf.Catalogue.Names);

        // Whoever goes back stays there when something new is learnt, and follows again by taking the newest.
        var intake = server.Services.GetRequiredService<PackIntake>();
        Assert.True(await intake.UseAsync(Exercise, versions[1].Number, CancellationToken.None));
        await FitAsync(server);
        Assert.Equal(versions[1].Number, book.Find(Exercise)!.Current);
        Assert.Equal($"coach.{versions[1].Number}", shelf.Catalogue.Load(Exercise).Version);
        Assert.True(await intake.UseAsync(Exercise, book.Versions(Exercise)[0].Number, CancellationToken.None));
        await FitAsync(server);
        Assert.Equal(book.Versions(Exercise)[0].Number, book.Find(Exercise)!.Current);
        Assert.False(await intake.UseAsync(Exercise, 0, CancellationToken.None));
    }

    [Fact]
    public async Task Labels_OfAClip_ComeBackAndGoWithIt()
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);
        var id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!;
        var book = server.Services.GetRequiredService<CoachBook>();

        using var first = await server.Client.PutAsync($"/api/clips/{id}/labels/Ann?value=incorrect&note=too%20fast", null);
        using var second = await server.Client.PutAsync($"/api/clips/{id}/labels/ANN?value=unsure", null);
        using var wrong = await server.Client.PutAsync($"/api/clips/{id}/labels/Ann?value=1", null);

        Assert.Equal([System.Net.HttpStatusCode.NoContent, System.Net.HttpStatusCode.NoContent, System.Net.HttpStatusCode.BadRequest], [first.StatusCode, second.StatusCode, wrong.StatusCode]);
        Assert.Equal(new ClipLabel(id, "Ann", SetLabel.Unsure, ""), Assert.Single(book.Labels()));
        await server.Client.DeleteAsync($"/api/clips/{id}");
        Assert.Empty(book.Labels());
    }

    internal static async Task<string> AddExampleAsync(TestServer server, int seed, string exercise = Exercise, string? owner = null)
    {
        var (jobs, clips, scratch) = (server.Services.GetRequiredService<IJobStore>(), server.Services.GetRequiredService<IClipStore>(), server.Services.GetRequiredService<Scratch>());
        var job = await jobs.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = ExampleRequest.Kind, Details = new ExampleRequest(exercise, $"clip {seed}", "mov") { Server = owner }.ToJson() });
        var claim = (await jobs.ClaimAsync("test"))!;
        var track = PoseTrack.FromKeypoints(Mannequin.Synthesize(new MannequinOptions { Seed = seed, Repetitions = 3 }).Sequence);
        var attempt = JobId.New();
        using var folder = scratch.NewFolder();
        FollowedTrack.Write(folder.Path, track);
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            await clips.SaveAsync(new ClipName(job.Id, attempt, Path.GetFileName(file)), file);
        }

        Assert.True(await jobs.FinishAsync(claim.Lease, new ExampleOutcome(attempt, 3, "front").ToJson()));
        return job.Id;
    }

    internal static async Task<FitOutcome> FitAsync(TestServer server, string exercise = Exercise)
    {
        var (jobs, examples) = (server.Services.GetRequiredService<IJobStore>(), new List<string>());
        await foreach (var example in jobs.ListAllAsync(new JobQuery { Kind = ExampleRequest.Kind }))
        {
            examples.Insert(0, example.Id);
        }

        var work = server.Services.GetServices<IJobWork>().Single(work => work.Kind == FitRequest.Kind);
        var job = new Job
        {
            Id = JobId.New(),
            Kind = FitRequest.Kind,
            Details = new FitRequest(exercise, "en") { Examples = examples }.ToJson(),
            State = JobState.Running,
            Attempts = 1,
            CreatedAt = DateTimeOffset.UtcNow,
            NotBefore = DateTimeOffset.UtcNow,
        };
        var attempt = JobId.New();
        var done = job with { State = JobState.Done, Outcome = await work.RunAsync(job, attempt, new Progress<JobProgress>(), CancellationToken.None) };
        await server.Services.GetRequiredService<PackIntake>().TakeAsync(done, CancellationToken.None);
        return FitOutcome.Of(done)!;
    }
}
