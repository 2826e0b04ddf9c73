using Spotter.Skeletons;

namespace Spotter.Poses;

/// <summary>Finds the body of the main person, frame after frame of one clip; keeps state between frames, so one instance serves one clip.</summary>
public interface IPoseEstimator : IDisposable
{
    /// <summary>Finds the person in the next frame.</summary>
    /// <param name="rgb">H × W × 3 bytes, red first, rows from the top.</param>
    /// <param name="width">Width of the frame in pixels.</param>
    /// <param name="height">Height of the frame in pixels.</param>
    /// <param name="timestampSeconds">Time of the frame from the start of the clip; increasing.</param>
    PoseObservation Estimate(ReadOnlySpan<byte> rgb, int width, int height, double timestampSeconds);
}

/// <summary>What the estimator saw in one frame.</summary>
/// <param name="Keypoints">18 keypoints in pixels; null where nobody was found.</param>
/// <param name="World">18 joints in metres, hip-centred, x to the right of the picture, y down, z away from the camera; null where nobody was found or the estimator gives none.</param>
/// <param name="People">How many people the detector last saw, the main one included; it looks only now and then.</param>
public sealed record PoseObservation(Keypoint[]? Keypoints, System.Numerics.Vector3[]? World, int People);
