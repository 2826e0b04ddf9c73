using System.Numerics;
using System.Runtime.CompilerServices;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Poses;

/// <summary>BlazePose on ONNX Runtime, its landmarks brought to the 18 joints and smoothed; one instance serves one clip.</summary>
/// <param name="networks">Loaded networks; they stay the caller's and may serve other clips at the same time.</param>
/// <param name="options">How to work; the usual way where null.</param>
public sealed class BlazePose(BlazePoseNetworks networks, BlazePoseOptions? options = null) : IDisposable
{
    private readonly BodyTracker tracker = new(networks, options ?? new BlazePoseOptions());
    private readonly KeypointSmoother? smoother = options is { Smoothing: false } ? null : new KeypointSmoother();

    /// <summary>Finds the body of the main person in the frames of a clip: one observation for each, in their order.</summary>
    /// <param name="frames">Frames of one size; the pixels of each must stay valid until the next is asked for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async IAsyncEnumerable<PoseObservation> EstimateAsync(
        IAsyncEnumerable<VideoFrame> frames, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var sighting in tracker.TrackAsync(frames, cancellationToken))
        {
            yield return Observe(sighting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => tracker.Dispose();

    private PoseObservation Observe(BodySighting sighting)
    {
        if (sighting.Landmarks is not { } landmarks)
        {
            smoother?.Reset();
            return new PoseObservation(null, null, sighting.People);
        }

        var keypoints = new Keypoint[Skeleton.JointCount];
        var world = new Vector3[Skeleton.JointCount];
        for (var joint = 0; joint < keypoints.Length; joint++)
        {
            var (position, confidence, place) = BlazePoseJoints.Joint(landmarks.Points, (Joint)joint);
            world[joint] = place;
            keypoints[joint] = Inside(position, sighting.Width, sighting.Height) ? new Keypoint(position.X, position.Y, confidence) : Keypoint.Missing;
        }

        smoother?.Smooth(keypoints, world, sighting.TimestampSeconds, landmarks.Region.Size);
        return new PoseObservation(keypoints, world, sighting.People);
    }

    private static bool Inside(Vector2 position, int width, int height) =>
        position.X >= 0 && position.Y >= 0 && position.X < width && position.Y < height;
}
