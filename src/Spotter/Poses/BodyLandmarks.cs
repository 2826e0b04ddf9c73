using System.Numerics;

namespace Spotter.Poses;

/// <summary>One of BlazePose's 33 body landmarks.</summary>
/// <param name="Position">Pixels of the picture; a landmark outside the picture is a guess.</param>
/// <param name="Depth">Pixels away from the camera, relative to the hips.</param>
/// <param name="Visibility">How sure the network is that it is not hidden, 0 to 1.</param>
/// <param name="Presence">How sure the network is that it lies inside the region looked at, 0 to 1.</param>
/// <param name="World">Metres from the middle of the hips: right, down and away from the camera.</param>
public readonly record struct BodyLandmark(Vector2 Position, float Depth, float Visibility, float Presence, Vector3 World)
{
    /// <summary>Confidence of the landmark, 0 to 1.</summary>
    public float Confidence => Visibility * Presence;
}

/// <summary>What the landmark network saw in one region of one frame.</summary>
/// <param name="Points">The 33 landmarks, in BlazePose's order.</param>
/// <param name="Presence">Probability that there is a person, 0 to 1.</param>
/// <param name="Hips">Middle of the hips, pixels of the picture; tells with <paramref name="Above"/> where to look in the next frame.</param>
/// <param name="Above">Point straight above the hips, for an upright body, on a circle round the whole body.</param>
public sealed record BodyLandmarks(BodyLandmark[] Points, float Presence, Vector2 Hips, Vector2 Above)
{
    /// <summary>The region of the person.</summary>
    public RegionOfInterest Region => RegionOfInterest.FromAlignment(Hips, Above);
}
