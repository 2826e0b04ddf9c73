using Spotter.Packs;
using Spotter.Tests;
using Spotter.Video;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Work;

/// <summary>What a machine must have before it claims jobs, and what a clip needs of it.</summary>
public sealed class EquipmentTests : IDisposable
{
    private static readonly string Models = Path.Combine(SharedData.Repository, "models");

    private readonly TemporaryFolder folder = new();
    private readonly FileClipStore clips;
    private readonly Scratch scratch;

    public EquipmentTests() => (clips, scratch) = (new FileClipStore(folder.File("clips")), new Scratch(folder.File("scratch")));

    [Fact]
    public void Require_EverythingThere_Passes() => Equipment.Require(new PackCatalogue(Models));

    [Fact]
    public void Require_PacksMissingOrNotReadable_SaysWhich()
    {
        var packs = Directory.CreateDirectory(folder.File("packs")).FullName;
        Assert.Contains("feature network", Assert.Throws<PackFormatException>(() => Equipment.Require(new PackCatalogue(packs))).Message, StringComparison.Ordinal);

        File.CreateSymbolicLink(Path.Combine(packs, PackCatalogue.BackboneFile), Path.Combine(Models, PackCatalogue.BackboneFile));
        Assert.Contains("no exercise pack", Assert.Throws<PackFormatException>(() => Equipment.Require(new PackCatalogue(packs))).Message, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(packs, "press" + PackCatalogue.Suffix), "{}");
        Assert.Throws<PackFormatException>(() => Equipment.Require(new PackCatalogue(packs)));
    }

    [Fact]
    public async Task Packs_ExerciseThatThisMachineLacks_IsForAnother()
    {
        using var packs = NewPacks(Models);

        var error = await Assert.ThrowsAsync<UnfitMachineException>(() => packs.ForAsync(Request("juggling", []), CancellationToken.None));

        Assert.Contains("juggling", error.Message, StringComparison.Ordinal);
        Assert.NotNull(await packs.ForAsync(Request("shoulder-press", []), CancellationToken.None));
        Assert.NotNull(await packs.ForAsync(Request(null, null), CancellationToken.None));
    }

    [Fact]
    public async Task Packs_NoneOnThisMachine_IsForAnother()
    {
        using var packs = NewPacks(Directory.CreateDirectory(folder.File("packs")).FullName);

        await Assert.ThrowsAsync<UnfitMachineException>(() => packs.ForAsync(Request(null, []), CancellationToken.None));
    }

    [Fact]
    public async Task Packs_TaughtOneGoneFromTheStore_StopsOnlyTheClipsOfItsExercise()
    {
        using var packs = NewPacks(Models);
        TaughtPack[] gone = [new TaughtPack("juggling", 1, JobId.New(), JobId.New())];

        var error = await Assert.ThrowsAsync<PackFormatException>(() => packs.ForAsync(Request("juggling", gone), CancellationToken.None));

        Assert.Contains("train the exercise again", error.Message, StringComparison.Ordinal);
        Assert.Contains("shoulder-press", (await packs.ForAsync(Request("shoulder-press", gone), CancellationToken.None)).Catalogue.Names);
        Assert.DoesNotContain("juggling", (await packs.ForAsync(Request(null, gone), CancellationToken.None)).Catalogue.Names);
    }

    [Fact]
    public async Task Packs_TaughtOneOfAShippedNameIsGone_LeavesTheShippedOne()
    {
        using var packs = NewPacks(Models);

        var set = await packs.ForAsync(Request("shoulder-press", [new TaughtPack("shoulder-press", 3, JobId.New(), JobId.New())]), CancellationToken.None);

        Assert.Equal(new PackCatalogue(Models).Load("shoulder-press").Version, set.Catalogue.Load("shoulder-press").Version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Packs_TaughtToAnotherVersion_LeavesOnlyTheClipsOfItsExerciseToOtherMachines(bool isReadable)
    {
        using var packs = NewPacks(Models);
        var own = new PackCatalogue(Models).Load("shoulder-press");
        TaughtPack[] taught = [new TaughtPack("juggling", 1, JobId.New(), JobId.New()), new TaughtPack("shoulder-press", 1, JobId.New(), JobId.New())];
        foreach (var pack in taught)
        {
            (own with { Schema = isReadable ? own.Schema : "spotter-pack/9", Backbone = own.Backbone with { Sha256 = "another" } }).Write(folder.File(TaughtPack.File));
            await clips.SaveAsync(new ClipName(pack.Job, pack.Attempt, TaughtPack.File), folder.File(TaughtPack.File));
        }

        Assert.True((await Assert.ThrowsAsync<UnfitMachineException>(() => packs.ForAsync(Request("juggling", taught), CancellationToken.None))).IsBeingLearnt);
        Assert.DoesNotContain("juggling", (await packs.ForAsync(Request(null, taught), CancellationToken.None)).Catalogue.Names);
        Assert.Equal(own.Version, (await packs.ForAsync(Request("shoulder-press", taught), CancellationToken.None)).Catalogue.Load("shoulder-press").Version);
    }

    [Theory]
    [InlineData(1000, 300, "too-large")]
    [InlineData(ClipLimits.Bytes, 1, "too-long")]
    public async Task Clip_HandedInPastTheServer_IsHeldToTheLimits(long bytes, double seconds, string code)
    {
        var (id, local) = (JobId.New(), folder.File("local"));
        File.Copy(Samples.Good, local);
        await clips.SaveAsync(ClipName.Original(id), local);
        using var packs = NewPacks(Models);
        var work = new ClipWork(packs, clips, scratch, new WorkSetting(1, TimeSpan.FromMinutes(1)) { MaxClipBytes = bytes, MaxClipSeconds = seconds }, TimeProvider.System);
        var job = new Job
        {
            Id = id,
            Kind = ClipRequest.Kind,
            Details = Request(null, null).ToJson(),
            State = JobState.Running,
            Attempts = 1,
            CreatedAt = DateTimeOffset.UtcNow,
            NotBefore = DateTimeOffset.UtcNow,
        };

        var error = await Assert.ThrowsAsync<VideoFormatException>(() => work.RunAsync(job, JobId.New(), new Progress<JobProgress>(), CancellationToken.None));

        Assert.Equal(code, error.Kind);
    }

    public void Dispose() => folder.Dispose();

    private JudgingPacks NewPacks(string packs) => new(null, new PackCatalogue(packs), clips, scratch);

    private static ClipRequest Request(string? exercise, IReadOnlyList<TaughtPack>? packs) =>
        new() { Exercise = exercise, Title = "", Language = "en", Container = "mp4", Bytes = 1, Seconds = 1, Packs = packs };
}
