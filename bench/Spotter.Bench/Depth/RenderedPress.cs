using System.Numerics;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Synthesis.Rendering;
using Spotter.Video;

namespace Spotter.Bench.Depth;

/// <summary>People of the mannequin who press once, each with faults of its own, rendered from anywhere and seen by the pose stage; the same person moves alike from everywhere.</summary>
internal static class RenderedPress
{
    private static readonly (FaultKind Kind, double Largest)[] Faults =
    [
        (FaultKind.NoLockout, 45), (FaultKind.ShortBottom, 40), (FaultKind.ElbowsLow, 40), (FaultKind.ElbowsForward, 60), (FaultKind.ElbowFlare, 45),
        (FaultKind.LeanBack, 25), (FaultKind.WristOff, 40),
    ];

    /// <summary>One person from one side.</summary>
    /// <param name="person">Number of the person; odd ones turn to the left of the picture, and every other pair lifts a barbell.</param>
    /// <param name="turned">Degrees from the front, 0 or more.</param>
    /// <param name="seed">Where the differences come from.</param>
    public static MannequinSequence Synthesize(int person, double turned, int seed)
    {
        var random = SeededRandom.For(unchecked((seed * 7919) + person), "depth");
        var options = new MannequinOptions
        {
            Seed = random.Below(int.MaxValue),
            Repetitions = 1,
            IdleSeconds = 0.4,
            Equipment = person % 4 < 2 ? Equipment.Dumbbells : Equipment.Barbell,
            Faults = [.. Faults.Select(fault => (fault.Kind, Size: random.Chance(0.4) ? random.Uniform(0, fault.Largest) : 0)).Where(fault => fault.Size > 0).Select(fault => new Fault(fault.Kind, fault.Size))],
            Camera = new CameraPlacement
            {
                Azimuth = person % 2 == 0 ? turned : -turned,
                Elevation = 3 * random.Normal(),
                FocalLength = random.Uniform(0.8, 1.2),
                Room = random.Uniform(1.05, 1.35),
            },
            Width = 360,
            Height = 640,
        };
        return Mannequin.Synthesize(options);
    }

    /// <summary>What the pose stage makes of a rendered set; frames go to it without a file in between.</summary>
    public static async Task<PoseTrack> WatchAsync(MannequinSequence set, BlazePoseNetworks networks, bool smoothing)
    {
        using var estimator = new BlazePose(networks, new BlazePoseOptions { Smoothing = smoothing });
        List<float> keypoints = [];
        List<Vector3[]?> world = [];
        await foreach (var seen in estimator.EstimateAsync(Frames(set)))
        {
            foreach (var keypoint in seen.Keypoints ?? new Keypoint[Skeleton.JointCount])
            {
                keypoints.AddRange([keypoint.X, keypoint.Y, keypoint.Confidence]);
            }

            world.Add(seen.World);
        }

        return new PoseTrack { Skeleton = new SkeletonSequence([.. keypoints], set.Exact.Timestamps.ToArray(), set.Exact.Width, set.Exact.Height), World = world };
    }

    private static async IAsyncEnumerable<VideoFrame> Frames(MannequinSequence set)
    {
        var renderer = new MannequinRenderer(set);
        var rgb = new byte[renderer.Width * renderer.Height * 3];
        for (var index = 0; index < set.Exact.FrameCount; index++)
        {
            var seconds = set.Exact.Timestamps[index];
            renderer.Render(set.Motion.PoseAt(seconds), rgb);
            yield return new VideoFrame(index, seconds, YuvPicture.FromRgb(rgb, renderer.Width, renderer.Height));
            await Task.Yield();
        }
    }
}
