using System.Diagnostics;
using System.Drawing;
using System.Numerics;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Poses;

/// <summary>What the pose stage found in one clip; small, however long the clip: frames are not kept.</summary>
public sealed record PoseTrack
{
    /// <summary>The main person, one skeleton for each decoded frame; missing joints where nobody was found.</summary>
    public required SkeletonSequence Skeleton { get; init; }

    /// <summary>The joints in metres, hip-centred, one array of 18 for each frame or null where nobody was found; empty when the source gives none.</summary>
    public IReadOnlyList<Vector3[]?> World { get; init; } = [];

    /// <summary>Share of the frames with a person in which more than one could be meant, 0 to 1.</summary>
    public double ShareOfFramesWithSeveralPeople { get; init; }

    /// <summary>How far the background moved over the clip, as a share of the picture's width; 0 for keypoints.</summary>
    public double CameraShift { get; init; }

    /// <summary>How far the background moves in a second, back and forth counted, as a share of the picture's longer side; 0 for keypoints.</summary>
    public double CameraShiftPerSecond { get; init; }

    /// <summary>Width as shown, pixels; 0 where unknown.</summary>
    public int Width { get; init; }

    /// <summary>Height as shown, pixels; 0 where unknown.</summary>
    public int Height { get; init; }

    /// <summary>Seconds spent waiting for frames.</summary>
    public double DecodeSeconds { get; init; }

    /// <summary>Seconds spent finding the body.</summary>
    public double PoseSeconds { get; init; }

    /// <summary>Number of frames in which the person was found.</summary>
    public int FramesWithPose
    {
        get
        {
            var found = 0;
            for (var frame = 0; frame < Skeleton.FrameCount; frame++)
            {
                found += Skeleton[frame, Joint.Neck].IsMissing ? 0 : 1;
            }

            return found;
        }
    }

    /// <summary>A track from keypoints that some other program made.</summary>
    public static PoseTrack FromKeypoints(SkeletonSequence skeleton) =>
        new() { Skeleton = skeleton, Width = skeleton.Width, Height = skeleton.Height };

    /// <summary>Follows the main person through all frames of a clip. Decoding runs ahead in its own process.</summary>
    /// <param name="video">The opened clip.</param>
    /// <param name="estimator">A fresh estimator.</param>
    /// <param name="progress">Told how many frames are done.</param>
    /// <param name="cancellationToken">Stops decoding.</param>
    public static async Task<PoseTrack> FollowAsync(
        VideoReader video, BlazePose estimator, IProgress<CheckProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var keypoints = new List<float>();
        var timestamps = new List<double>();
        var world = new List<Vector3[]?>();
        var camera = new CameraMotion(video.Width, video.Height);
        RectangleF? person = null;
        var (withPerson, withSeveral) = (0, 0);
        var total = Stopwatch.StartNew();
        var decoding = new Stopwatch();

        async IAsyncEnumerable<VideoFrame> Frames()
        {
            decoding.Start();
            await foreach (var frame in video.ReadFramesAsync(cancellationToken))
            {
                decoding.Stop();
                timestamps.Add(frame.TimestampSeconds);
                camera.Add(frame.Rgb.Span, frame.TimestampSeconds, person);
                yield return frame;
                decoding.Start();
            }

            decoding.Stop();
        }

        await foreach (var seen in estimator.EstimateAsync(Frames(), video.Width, video.Height, cancellationToken))
        {
            for (var joint = 0; joint < Skeletons.Skeleton.JointCount; joint++)
            {
                var keypoint = seen.Keypoints?[joint] ?? Keypoint.Missing;
                keypoints.Add(keypoint.X);
                keypoints.Add(keypoint.Y);
                keypoints.Add(keypoint.Confidence);
            }

            world.Add(seen.World);
            person = Box(seen.Keypoints);
            withPerson += seen.Keypoints is null ? 0 : 1;
            withSeveral += seen is { Keypoints: not null, People: > 1 } ? 1 : 0;
            progress?.Report(new CheckProgress("pose", world.Count, video.Info.EstimatedFrameCount));
        }

        return new PoseTrack
        {
            Skeleton = new SkeletonSequence([.. keypoints], [.. timestamps], video.Width, video.Height),
            World = world,
            ShareOfFramesWithSeveralPeople = withPerson == 0 ? 0 : (double)withSeveral / withPerson,
            CameraShift = camera.LargestShift,
            CameraShiftPerSecond = camera.ShiftPerSecond,
            Width = video.Info.Width,
            Height = video.Info.Height,
            DecodeSeconds = decoding.Elapsed.TotalSeconds,
            PoseSeconds = total.Elapsed.TotalSeconds - decoding.Elapsed.TotalSeconds,
        };
    }

    /// <summary>The smallest upright rectangle around the joints that were found; null where there are none.</summary>
    private static RectangleF? Box(Keypoint[]? keypoints)
    {
        var (left, top, right, bottom) = (float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        foreach (var keypoint in keypoints ?? [])
        {
            if (!keypoint.IsMissing)
            {
                (left, top) = (Math.Min(left, keypoint.X), Math.Min(top, keypoint.Y));
                (right, bottom) = (Math.Max(right, keypoint.X), Math.Max(bottom, keypoint.Y));
            }
        }

        return left <= right ? RectangleF.FromLTRB(left, top, right, bottom) : null;
    }
}
