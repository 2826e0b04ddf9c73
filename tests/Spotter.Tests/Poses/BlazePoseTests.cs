using System.Numerics;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Tests.Video;
using Spotter.Video;

namespace Spotter.Tests.Poses;

public sealed class BlazePoseTests
{
    [Fact]
    public async Task Estimate_EmptyRoom_FindsNobody()
    {
        var networks = InstalledModels.RequireNetworks(PoseModel.Lite);
        using var estimator = new BlazePose(networks);
        var found = await Run(estimator, "clips/no-person-tree.mp4", 40);
        Assert.All(found, observation => Assert.Null(observation.Keypoints));
        Assert.All(found, observation => Assert.Equal(0, observation.People));
    }

    [Fact]
    public async Task Estimate_OnePerson_IsFollowedAndCountedOnce()
    {
        var networks = InstalledModels.RequireNetworks(PoseModel.Lite);
        using var estimator = new BlazePose(networks);
        var found = await Run(estimator, "clips/press-standing-side-barbell-2reps.mp4", 60);
        Assert.All(found, observation => Assert.NotNull(observation.Keypoints));
        Assert.All(found, observation => Assert.Equal(1, observation.People));
        var head = found[30].Keypoints![(int)Joint.Nose];
        var ankle = found[30].Keypoints![(int)Joint.LeftAnkle];
        Assert.True(ankle.Y - head.Y > 250, "the person stands upright and fills half of the picture");
        Assert.True(found[30].World![(int)Joint.Nose].Y < -0.4, "the nose is above the hips");
    }

    [Fact]
    public async Task Estimate_HandsAboveThePicture_AreMissing()
    {
        var networks = InstalledModels.RequireNetworks(PoseModel.Lite);
        using var estimator = new BlazePose(networks);
        var found = await Run(estimator, "clips/press-standing-side-barbell-hands-cut-off.mp4", 90);
        Assert.Contains(found, observation => observation.Keypoints is { } keypoints && keypoints[(int)Joint.LeftWrist] == Keypoint.Missing);
    }

    [Theory]
    [InlineData("overlay=400:10:enable='gte(t,2.5)'", true)]
    [InlineData("overlay=400:10:enable='between(t,2.5,3.2)'", false)]
    public async Task Estimate_SmallFigureFirst_GoesOverToWhoeverComesAndStays(string entrance, bool goesOver)
    {
        using var folder = new ClipFolder();
        var networks = InstalledModels.RequireNetworks(PoseModel.Lite);
        using var estimator = new BlazePose(networks);
        var sample = Path.Combine(SharedData.Repository, "samples", "press-good.mp4");
        ClipFolder.Run(
        [
            "-i", sample, "-i", sample, "-filter_complex",
            $"color=0xd4d8dc:size=900x900:rate=15:duration=6[room];[0:v]fps=15,scale=-2:420[small];[1:v]fps=15,scale=-2:880[large];[room][small]overlay=60:300[first];[first][large]{entrance}",
            "-t", "6", "-an", folder["late.mp4"],
        ]);

        var found = await Run(estimator, folder["late.mp4"], 80);

        Assert.InRange(Shoulders(found[30]), 5, 60);
        Assert.InRange(Shoulders(found[^1]), goesOver ? 80 : 5, goesOver ? 300 : 60);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 500)]
    [InlineData(640, 2)]
    public async Task Estimate_OddPictures_FindNobody(int width, int height)
    {
        var networks = InstalledModels.RequireNetworks(PoseModel.Lite);
        using var estimator = new BlazePose(networks);
        Assert.Null((await EstimateOne(estimator, YuvPicture.FromRgb(new byte[width * height * 3], width, height))).Keypoints);
    }

    [Fact]
    public void Joint_Neck_LiesBetweenTheShoulders()
    {
        var landmarks = new BodyLandmark[33];
        landmarks[11] = new BodyLandmark(new Vector2(10, 20), 0, 1, 0.8f, new Vector3(1, 0, 0));
        landmarks[12] = new BodyLandmark(new Vector2(30, 40), 0, 0.5f, 0.8f, new Vector3(-1, 2, 0));
        var (position, confidence, world) = BlazePoseJoints.Joint(landmarks, Joint.Neck);
        Assert.Equal(new Vector2(20, 30), position);
        Assert.Equal(0.6f, confidence, 1e-6f);
        Assert.Equal(new Vector3(0, 1, 0), world);
    }

    [Fact]
    public async Task Estimate_FramesAtOnce_ChangeThePlacesLittle()
    {
        var networks = InstalledModels.RequireNetworks(PoseModel.Lite);
        using var alone = new BlazePose(networks, new BlazePoseOptions { FramesAtOnce = 1 });
        using var together = new BlazePose(networks);
        var one = await Run(alone, "clips/press-standing-side-barbell-2reps.mp4", 60);
        var two = await Run(together, "clips/press-standing-side-barbell-2reps.mp4", 60);
        for (var frame = 0; frame < one.Count; frame++)
        {
            var (here, there) = (one[frame].Keypoints![(int)Joint.Neck], two[frame].Keypoints![(int)Joint.Neck]);
            Assert.InRange(double.Hypot(here.X - there.X, here.Y - there.Y), 0, 3);
        }
    }

    [Fact]
    public async Task Estimate_StoppedInTheMiddle_LeavesNothingRunning()
    {
        using var networks = BlazePoseNetworks.Load(InstalledModels.Require(), PoseModel.Lite);
        for (var frames = 1; frames < 5; frames++)
        {
            using var estimator = new BlazePose(networks);
            await Run(estimator, "clips/press-standing-side-barbell-2reps.mp4", frames);
        }
    }

    private static double Shoulders(PoseObservation seen) =>
        Math.Abs(seen.Keypoints![(int)Joint.RightShoulder].X - seen.Keypoints[(int)Joint.LeftShoulder].X);

    internal static async Task<List<PoseObservation>> Run(BlazePose estimator, string clip, int frames)
    {
        var reader = await VideoReader.OpenAsync(SharedData.Require(clip));
        var found = new List<PoseObservation>();
        await foreach (var observation in estimator.EstimateAsync(reader.ReadFramesAsync()))
        {
            found.Add(observation);
            if (found.Count == frames)
            {
                break;
            }
        }

        return found;
    }

    private static async Task<PoseObservation> EstimateOne(BlazePose estimator, YuvPicture picture) =>
        await estimator.EstimateAsync(new[] { new VideoFrame(0, 0, picture) }.ToAsyncEnumerable()).SingleAsync();
}
