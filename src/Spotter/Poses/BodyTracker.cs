using System.Numerics;

namespace Spotter.Poses;

/// <summary>
/// Follows the main person: the detector finds them, then each frame's landmarks tell where to look in the next; when they are lost, the detector
/// looks again in the same frame.
/// </summary>
/// <remarks>V. Bazarevsky et al., "BlazePose: On-device Real-time Body Pose tracking", 2020.</remarks>
/// <param name="networks">Loaded networks; they stay the caller's.</param>
/// <param name="options">How to work.</param>
public sealed class BodyTracker(BlazePoseNetworks networks, BlazePoseOptions options) : IDisposable
{
    private const double RememberedSeconds = 2;

    private readonly PersonDetector detector = new(networks, options.MinimumDetectionScore);
    private readonly LandmarkFinder finder = new(networks);
    private readonly RegionFollower follower = new();
    private RegionOfInterest? region; // null while nobody is followed
    private RegionOfInterest lastRegion;
    private double lastSeen = double.NegativeInfinity;
    private double lastDetection = double.NegativeInfinity;

    /// <summary>How many people the detector last saw, the main one included.</summary>
    public int People { get; private set; }

    /// <summary>Finds the main person in the next frame.</summary>
    /// <param name="rgb">H × W × 3 bytes, red first, rows from the top.</param>
    /// <param name="width">Width of the frame in pixels.</param>
    /// <param name="height">Height of the frame in pixels.</param>
    /// <param name="timestampSeconds">Time of the frame from the start of the clip; increasing.</param>
    /// <returns>Null where nobody is found.</returns>
    public BodyLandmarks? Track(ReadOnlySpan<byte> rgb, int width, int height, double timestampSeconds)
    {
        var followed = region is { } expected ? Look(rgb, width, height, expected) : null;
        if (followed is null || timestampSeconds - lastDetection >= options.DetectionInterval)
        {
            var people = detector.Detect(rgb, width, height);
            lastDetection = timestampSeconds;
            if (followed is null && people.Count > 0)
            {
                follower.Reset();
                followed = Look(rgb, width, height, Choose(people, width, height, timestampSeconds).Region);
            }

            People = Count(people, followed?.Region);
        }

        region = followed is null ? null : follower.Next(followed.Hips, followed.Above, timestampSeconds);
        if (region is { } seen)
        {
            lastRegion = seen;
            lastSeen = timestampSeconds;
        }

        return followed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        detector.Dispose();
        finder.Dispose();
    }

    private BodyLandmarks? Look(ReadOnlySpan<byte> rgb, int width, int height, RegionOfInterest at)
    {
        if (!(at.Size >= 1) || !float.IsFinite(at.Center.X + at.Center.Y + at.Size + at.Rotation))
        {
            return null;
        }

        var found = finder.Find(rgb, width, height, at);
        return found.Presence > options.MinimumPresence ? found : null;
    }

    // The person who was lost a moment ago, else the largest, with less weight towards the sides of the picture.
    private PersonDetection Choose(IReadOnlyList<PersonDetection> people, int width, int height, double now)
    {
        if (now - lastSeen <= RememberedSeconds)
        {
            return people.MinBy(person => Vector2.Distance(person.Hips, lastRegion.Center) + Math.Abs(person.Region.Size - lastRegion.Size));
        }

        var middle = new Vector2(width, height) / 2;
        return people.MaxBy(person => person.Region.Size * (1 - (0.5f * Math.Min(Math.Abs(person.Hips.X - middle.X) / middle.X, 1))));
    }

    private int Count(IReadOnlyList<PersonDetection> people, RegionOfInterest? main)
    {
        if (people.Count == 0)
        {
            return main is null ? 0 : 1;
        }

        // The detector's size of the main person is comparable with its sizes of the others; the landmarks' need not be.
        var mainSize = main is { } at ? people.MinBy(person => Vector2.Distance(person.Hips, at.Center)).Region.Size : people.Max(person => person.Region.Size);
        return Math.Max(people.Count(person => person.Region.Size >= options.MinimumOtherSize * mainSize), 1);
    }
}
