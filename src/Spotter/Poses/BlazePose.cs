using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Poses;

/// <summary>BlazePose on ONNX Runtime, its landmarks brought to the 18 joints; one instance serves one clip.</summary>
/// <param name="networks">Loaded networks; they stay the caller's and may serve other clips at the same time.</param>
/// <param name="options">How to work; the usual way where null.</param>
public sealed class BlazePose(BlazePoseNetworks networks, BlazePoseOptions? options = null) : IPoseEstimator
{
    private readonly BodyTracker tracker = new(networks, options ?? new BlazePoseOptions());
    private readonly KeypointSmoother? smoother = options is { Smoothing: false } ? null : new KeypointSmoother();

    /// <inheritdoc/>
    public PoseObservation Estimate(ReadOnlySpan<byte> rgb, int width, int height, double timestampSeconds)
    {
        if (rgb.Length < width * height * 3)
        {
            throw new ArgumentException($"A frame of {width} × {height} pixels needs {width * height * 3} bytes, but there are {rgb.Length}.", nameof(rgb));
        }

        var landmarks = tracker.Track(rgb, width, height, timestampSeconds);
        if (landmarks is null)
        {
            smoother?.Reset();
            return new PoseObservation(null, null, tracker.People);
        }

        var keypoints = new Keypoint[Skeleton.JointCount];
        var world = new Vector3[Skeleton.JointCount];
        for (var joint = 0; joint < keypoints.Length; joint++)
        {
            var (position, confidence, place) = BlazePoseJoints.Joint(landmarks.Points, (Joint)joint);
            world[joint] = place;
            keypoints[joint] = Inside(position, width, height) ? new Keypoint(position.X, position.Y, confidence) : Keypoint.Missing;
        }

        smoother?.Smooth(keypoints, world, timestampSeconds, landmarks.Region.Size);

        return new PoseObservation(keypoints, world, tracker.People);
    }

    /// <inheritdoc/>
    public void Dispose() => tracker.Dispose();

    private static bool Inside(Vector2 position, int width, int height) =>
        position.X >= 0 && position.Y >= 0 && position.X < width && position.Y < height;
}
