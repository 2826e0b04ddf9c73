using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Poses;

/// <summary>What the pose model saw in one frame.</summary>
/// <param name="Keypoints">18 keypoints in pixels; null where nobody was found.</param>
/// <param name="World">18 joints in metres, hip-centred, x to the right of the picture, y down, z away from the camera; null where nobody was found.</param>
/// <param name="People">How many people the detector last saw, the main one included; it looks only now and then.</param>
public sealed record PoseObservation(Keypoint[]? Keypoints, Vector3[]? World, int People);
