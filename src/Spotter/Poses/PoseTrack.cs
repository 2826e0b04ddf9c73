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

    /// <summary>How many people were seen, one number for each frame, the main person included; empty when the source does not tell.</summary>
    public IReadOnlyList<int> People { get; init; } = [];

    /// <summary>How the background moved; still for keypoints.</summary>
    public CameraTrack Camera { get; init; } = CameraTrack.Still;

    /// <summary>How many times slower than life the clip says it shows the movement: 8 for 240 frames a second that are shown at 30; 1 where it does not tell.</summary>
    public double Slowness { get; init; } = 1;

    /// <summary>Width as shown, pixels; 0 where unknown.</summary>
    public int Width { get; init; }

    /// <summary>Height as shown, pixels; 0 where unknown.</summary>
    public int Height { get; init; }

    /// <summary>Seconds spent waiting for frames.</summary>
    public double DecodeSeconds { get; init; }

    /// <summary>Seconds spent finding the body.</summary>
    public double PoseSeconds { get; init; }

    /// <summary>Number of frames in which the person was found.</summary>
    public int FramesWithPose => CountFramesWithPose(0, Skeleton.FrameCount);

    /// <summary>A track from keypoints that some other program made.</summary>
    public static PoseTrack FromKeypoints(SkeletonSequence skeleton) =>
        new() { Skeleton = skeleton, Width = skeleton.Width, Height = skeleton.Height };

    /// <summary>The keypoints in pixels of the clip as it is shown; frames are looked at scaled down where they are large.</summary>
    public SkeletonSequence InClipPixels()
    {
        if (Width == Skeleton.Width && Height == Skeleton.Height)
        {
            return Skeleton;
        }

        var keypoints = Skeleton.Keypoints.ToArray();
        for (var at = 0; at < keypoints.Length; at += 3)
        {
            keypoints[at] *= Width / (float)Skeleton.Width;
            keypoints[at + 1] *= Height / (float)Skeleton.Height;
        }

        return new SkeletonSequence(keypoints, Skeleton.Timestamps.ToArray(), Width, Height);
    }

    /// <summary>Whether the person was found in a frame.</summary>
    public bool ShowsPerson(int frame) => !Skeleton[frame, Joint.Neck].IsMissing;

    /// <summary>Number of frames in which the person was found.</summary>
    /// <param name="start">First frame.</param>
    /// <param name="end">One past the last frame.</param>
    public int CountFramesWithPose(int start, int end) => Enumerable.Range(start, end - start).Count(ShowsPerson);

    /// <summary>Share of those of the given frames that show the person in which more than one could be meant, 0 to 1.</summary>
    public double ShareWithSeveralPeople(IEnumerable<int> frames) =>
        People.Count == 0 ? 0 : frames.Where(ShowsPerson).Select(frame => People[frame] > 1 ? 1.0 : 0).DefaultIfEmpty().Average();

    /// <summary>From where the person is seen, by the joints in space where there are any, else by the picture; null where nobody can be followed.</summary>
    /// <param name="cleaned">The cleaned sequence.</param>
    /// <param name="start">First frame.</param>
    /// <param name="end">One past the last frame.</param>
    public ViewEstimate? EstimateView(SkeletonSequence cleaned, int start, int end) =>
        ViewEstimator.Estimate(World.Skip(start).Take(end - start)) ?? ViewEstimator.Estimate(cleaned.Slice(start, end));

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
        var people = new List<int>();
        var total = Stopwatch.StartNew();
        var decoding = new Stopwatch();

        async IAsyncEnumerable<VideoFrame> Frames()
        {
            decoding.Start();
            await foreach (var frame in video.ReadFramesAsync(cancellationToken))
            {
                decoding.Stop();
                timestamps.Add(frame.TimestampSeconds);
                camera.Add(frame.Picture, frame.TimestampSeconds, person);
                yield return frame;
                decoding.Start();
            }

            decoding.Stop();
        }

        await foreach (var seen in estimator.EstimateAsync(Frames(), cancellationToken))
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
            people.Add(seen.People);
            progress?.Report(new CheckProgress("pose", world.Count, video.Info.EstimatedFrameCount));
        }

        return new PoseTrack
        {
            Skeleton = new SkeletonSequence([.. keypoints], [.. timestamps], video.Width, video.Height),
            World = world,
            People = people,
            Camera = camera.Track,
            Slowness = video.Info.Slowness,
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
