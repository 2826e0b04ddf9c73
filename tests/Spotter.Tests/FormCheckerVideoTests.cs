using System.Numerics;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Synthesis;
using Spotter.Synthesis.Rendering;
using Spotter.Tests.Poses;
using Spotter.Tests.Video;
using Spotter.Video;

namespace Spotter.Tests;

/// <summary>Whole clips from the file to the verdict: what must never get one, and what must get the same one in other surroundings.</summary>
public sealed class FormCheckerVideoTests(PressClips presses) : IClassFixture<PressClips>, IDisposable
{
    private static readonly FormChecker Checker = new(new PackCatalogue(Path.Combine(SharedData.Repository, "models")));

    private readonly ClipFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Check_EmptyRoom_HasNoPerson()
    {
        InstalledModels.Require();
        var room = folder.Make("room.mp4", "-c:v libx264 -pix_fmt yuv420p", "gradients=size=320x240:rate=15:duration=3:speed=0.01,noise=alls=6:allf=t");

        Assert.Equal([ReasonCodes.NoPerson], Codes(await CheckAsync(room)));
    }

    [Fact]
    public async Task Check_SetWithAnEmptyPictureBeforeAndAfter_IsJudgedAsAlone()
    {
        var set = await presses.GetAsync(2);
        ClipFolder.Run(["-i", set, "-vf", "tpad=start_duration=6:stop_duration=10:color=gray", "-c:v", "libx264", "-pix_fmt", "yuv420p", "file:" + folder["long.mp4"]]);

        var report = await CheckAsync(folder["long.mp4"]);

        Assert.Empty(report.Reasons);
        Assert.Equal(2, report.Repetitions.Count);
        Assert.InRange(report.Repetitions[0].StartSeconds, 6, 9);
    }

    [Fact]
    public async Task Check_TwoPeopleSideBySide_AreSeveral()
    {
        var set = await presses.GetAsync(1);
        ClipFolder.Run(["-i", set, "-i", set, "-filter_complex", "hstack", "-c:v", "libx264", "-pix_fmt", "yuv420p", "file:" + folder["two.mp4"]]);

        Assert.Equal([ReasonCodes.SeveralPeople], Codes(await CheckAsync(folder["two.mp4"])));
    }

    [Fact]
    public async Task Check_ThreePeopleAlike_AreSeveral()
    {
        var set = await presses.GetAsync(1);
        ClipFolder.Run(["-i", set, "-i", set, "-i", set, "-filter_complex", "hstack=3", "-c:v", "libx264", "-pix_fmt", "yuv420p", "file:" + folder["three.mp4"]]);

        Assert.Equal([ReasonCodes.SeveralPeople], Codes(await CheckAsync(folder["three.mp4"])));
    }

    [Fact]
    public async Task Check_LifterInFrontOfThreeOthers_IsJudgedAsAlone()
    {
        // The others do something else, far behind to either side.
        var set = await presses.GetAsync(2);
        const string Others = "[0]split=4[lifter][a][b][c];[a]reverse,scale=90:160[a1];[b]setpts=PTS*1.4,scale=90:160[b1];[c]reverse,scale=110:196[c1];[lifter]pad=840:640:240:0[wide]";
        ClipFolder.Run(
            ["-i", set, "-filter_complex", Others + ";[wide][a1]overlay=20:200[one];[one][b1]overlay=130:190:shortest=1[two];[two][c1]overlay=660:210", "-c:v", "libx264", "-pix_fmt", "yuv420p", "file:" + folder["crowd.mp4"]]);

        var report = await CheckAsync(folder["crowd.mp4"]);

        Assert.Empty(report.Reasons);
        Assert.Equal(2, report.Repetitions.Count);
    }

    [Theory]
    [InlineData("front", MannequinOptions.ShoulderPress)]
    [InlineData("side", null)]
    public async Task Check_Squat_IsNotThisExercise(string view, string? exercise)
    {
        var squat = await SquatAsync("squat.mp4", CameraPlacement.Parse(view));

        Assert.Equal([ReasonCodes.NotThisExercise], Codes(await Checker.CheckAsync(squat, new CheckOptions { Exercise = exercise })));
    }

    [Fact]
    public async Task Check_HandsCutOffAtTheTop_AreOutOfFrame()
    {
        var set = await presses.GetAsync(2);
        ClipFolder.Run(["-i", set, "-vf", "crop=in_w:trunc(in_h*0.76/2)*2:0:in_h*0.24", "-c:v", "libx264", "-pix_fmt", "yuv420p", "file:" + folder["cut.mp4"]]);

        Assert.Equal([ReasonCodes.OutOfFrame], Codes(await CheckAsync(folder["cut.mp4"])));
    }

    [Fact]
    public async Task Check_CameraKnockedDuringTheSet_IsRefusedAndBeforeItIsNot()
    {
        // The picture is a window of a wider one that goes sideways at a moment.
        var set = await presses.GetAsync(2);
        async Task<Report> Knocked(double at)
        {
            var name = folder[$"knocked-{at:0}.mp4"];
            var wide = "[0]scale=360:640,pad=520:640:80:0[p];color=s=520x640:r=15,trim=end_frame=1,geq=lum='128+60*sin(X/9)*cos(Y/7)+40*sin(X*Y/900)':cb=128:cr=128,loop=loop=-1:size=1[t];[t][p]overlay=80:0:shortest=1[w];";
            ClipFolder.Run(["-i", set, "-filter_complex", $"{wide}[w]crop=400:640:x='if(lt(t,{at.ToString(System.Globalization.CultureInfo.InvariantCulture)}),0,120)':y=0", "-c:v", "libx264", "-pix_fmt", "yuv420p", "file:" + name]);
            return await CheckAsync(name);
        }

        Assert.Contains(ReasonCodes.CameraMoves, Codes(await Knocked(4)));
        Assert.DoesNotContain(ReasonCodes.CameraMoves, Codes(await Knocked(0.3)));
    }

    private static IEnumerable<string> Codes(Report report) => report.Reasons.Select(reason => reason.Code);

    // Two squats of three seconds with arms held out in front, as deep as thighs go level.
    private async Task<string> SquatAsync(string name, CameraPlacement camera)
    {
        InstalledModels.Require();
        var set = Mannequin.Synthesize(new MannequinOptions { Width = 360, Height = 640, Camera = camera });
        var renderer = new MannequinRenderer(set);
        await using var writer = VideoWriter.Create(folder[name], 360, 640, 15);
        var rgb = new byte[360 * 640 * 3];
        for (var frame = 0; frame < 120; frame++)
        {
            var seconds = frame / 15.0;
            var depth = seconds is > 1 and < 7 ? (1 - Math.Cos(2 * Math.PI * (seconds - 1) / 3)) / 2 : 0;
            var arm = new ArmDirections(Vector3.Normalize(new Vector3(0, -0.2f, 1)), Vector3.UnitZ);
            renderer.Render(new BodyPose(set.Motion.Body, new BodyAngles(-30 * depth, 0, 100 * depth, arm, arm, 0, 0), seated: false), rgb);
            await writer.WriteAsync(YuvPicture.FromRgb(rgb, 360, 640), seconds, TestContext.Current.CancellationToken);
        }

        await writer.CompleteAsync(TestContext.Current.CancellationToken);
        return folder[name];
    }

    private static Task<Report> CheckAsync(string clip) => Checker.CheckAsync(clip, new CheckOptions { Exercise = MannequinOptions.ShoulderPress });
}

/// <summary>Clips of a mannequin that presses correctly, each made once.</summary>
public sealed class PressClips : IDisposable
{
    private readonly ClipFolder folder = new();

    internal async Task<string> GetAsync(int repetitions)
    {
        InstalledModels.Require();
        var clip = folder[$"press-{repetitions}.mp4"];
        if (!File.Exists(clip))
        {
            var set = Mannequin.Synthesize(new MannequinOptions { Repetitions = repetitions, Seed = 3, Width = 360, Height = 640, FramesPerSecond = 15, IdleSeconds = 1.2 });
            await MannequinClip.WriteAsync(set, clip);
        }

        return clip;
    }

    public void Dispose() => folder.Dispose();
}
