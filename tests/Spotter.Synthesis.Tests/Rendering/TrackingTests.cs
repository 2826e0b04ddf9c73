using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Synthesis.Rendering;
using Spotter.Video;

namespace Spotter.Tests.Synthesis.Rendering;

public sealed class TrackingTests
{
    [Theory]
    [InlineData("shoulder-press", "front", 6)]
    [InlineData("shoulder-press", "side", 11)]
    [InlineData("shoulder-press", "diagonal", 8)]
    [InlineData("bicep-curl", "side", 11)]
    [InlineData("front-raise", "side", 11)]
    [InlineData("shoulder-shrug", "front", 6)]
    [InlineData("triceps-pushdown", "side", 11)]
    public async Task Render_AnyView_IsTrackedByBlazePoseNearTheExactJoints(string exercise, string view, double percentOfTrunk)
    {
        var models = PoseModels.Default();
        if (models.Problem() is { } problem)
        {
            Assert.Skip(problem);
        }

        var set = Mannequin.Synthesize(new MannequinOptions { Exercise = exercise, Camera = CameraPlacement.Parse(view), Seed = 3, Repetitions = 1, Width = 360, Height = 640 });
        using var networks = BlazePoseNetworks.Load(models, PoseModel.Full);
        using var estimator = new BlazePose(networks);
        var renderer = new MannequinRenderer(set);
        var rgb = new byte[renderer.Width * renderer.Height * 3];
        var trunk = Math.Abs(set.Exact[0, Joint.Neck].Y - set.Exact[0, Joint.RightHip].Y);
        var (sum, count) = (0.0, 0);

        // Every fourth frame of one repetition: as fast as a clip with 7.5 frames per second.
        async IAsyncEnumerable<VideoFrame> Frames()
        {
            for (var index = 0; index * 4 < set.Exact.FrameCount; index++)
            {
                var seconds = set.Exact.Timestamps[index * 4];
                renderer.Render(set.Motion.PoseAt(seconds), rgb);
                yield return new VideoFrame(index, seconds, YuvPicture.FromRgb(rgb, renderer.Width, renderer.Height));
                await Task.Yield();
            }
        }

        var frame = 0;
        await foreach (var (keypoints, _, _) in estimator.EstimateAsync(Frames()))
        {
            Assert.NotNull(keypoints);
            foreach (var joint in Enum.GetValues<Joint>().Where(joint => !keypoints[(int)joint].IsMissing))
            {
                var (seen, exact) = (keypoints[(int)joint], set.Exact[frame, joint]);
                sum += double.Hypot(seen.X - exact.X, seen.Y - exact.Y);
                count++;
            }

            frame += 4;
        }

        Assert.InRange(100 * sum / count / trunk, 0, percentOfTrunk);
    }
}
