using System.Numerics;
using System.Runtime.CompilerServices;
using Spotter.Video;

namespace Spotter.Poses;

/// <summary>What a <see cref="BodyTracker"/> saw in one frame.</summary>
/// <param name="TimestampSeconds">Time of the frame.</param>
/// <param name="Landmarks">The main person; null where nobody is found.</param>
/// <param name="People">How many people the detector last saw, the main one included.</param>
/// <param name="Width">Width of the frame in pixels.</param>
/// <param name="Height">Height of the frame in pixels.</param>
public readonly record struct BodySighting(double TimestampSeconds, BodyLandmarks? Landmarks, int People, int Width, int Height);

/// <summary>
/// Follows the main person: the detector finds them, then each frame's landmarks tell where to look in a later one; when they are lost, the detector
/// looks again. Two frames are looked at at the same time, so that a place to look comes from the last frame but one, on every machine.
/// </summary>
/// <remarks>V. Bazarevsky et al., "BlazePose: On-device Real-time Body Pose tracking", 2020, which looks at one frame at a time.</remarks>
public sealed class BodyTracker : IDisposable
{
    private const double RememberedSeconds = 2;

    // Whoever fills the picture beside somebody who is this small in it and this much smaller stands in front, and is who the clip is about.
    private const float BackgroundShare = 0.5f; // of the picture's longer side; a standing person fills about two thirds of the region
    private const float InFrontTimes = 1.8f;
    private const int LooksInFront = 2;

    private readonly BlazePoseOptions options;
    private readonly PersonDetector detector;
    private readonly LandmarkFinder[] finders; // used in turn
    private readonly RegionFollower follower = new();
    private RegionOfInterest? region; // null while nobody is followed
    private RegionOfInterest lastRegion;
    private double lastSeen = double.NegativeInfinity;
    private double lastDetection = double.NegativeInfinity;
    private int people;
    private int looked;
    private int inFront; // looks of the detector in a row that saw somebody in front
    private int turn; // counts changes from one person to another

    /// <summary>Prepares to follow a person through one clip.</summary>
    /// <param name="networks">Loaded networks; they stay the caller's.</param>
    /// <param name="options">How to work.</param>
    public BodyTracker(BlazePoseNetworks networks, BlazePoseOptions options)
    {
        this.options = options;
        detector = new PersonDetector(networks, options.MinimumDetectionScore);
        finders = [.. Enumerable.Range(0, options.FramesAtOnce).Select(_ => new LandmarkFinder(networks))];
    }

    /// <summary>Finds the main person in each frame of a clip.</summary>
    /// <param name="frames">Frames in order; the pixels of each must stay valid until the next is asked for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async IAsyncEnumerable<BodySighting> TrackAsync(
        IAsyncEnumerable<VideoFrame> frames, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var looks = new Queue<Look>();
        try
        {
            await foreach (var frame in frames.WithCancellation(cancellationToken))
            {
                while (looks.Count == finders.Length || (region is null && looks.Count > 0))
                {
                    yield return await FollowAsync(looks.Dequeue());
                }

                looks.Enqueue(Begin(frame));
            }

            while (looks.Count > 0)
            {
                yield return await FollowAsync(looks.Dequeue());
            }
        }
        finally
        {
            // The networks' buffers must not go while a network still writes to them.
            await Task.WhenAll(looks.Select(Task (look) => look.Landmarks)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        detector.Dispose();
        Array.ForEach(finders, finder => finder.Dispose());
    }

    // On return the pixels have been read.
    private Look Begin(VideoFrame frame)
    {
        var picture = frame.Picture;
        if (region is null || frame.TimestampSeconds - lastDetection >= options.DetectionInterval)
        {
            var seen = detector.Detect(picture);
            lastDetection = frame.TimestampSeconds;
            if (region is null && seen.Count > 0)
            {
                follower.Reset();
                region = Choose(seen, picture, frame.TimestampSeconds).Region;
                inFront = 0;
            }
            else if (region is { } followed)
            {
                var larger = Larger(seen, followed, picture);
                inFront = larger is null ? 0 : inFront + 1;
                if (inFront == LooksInFront)
                {
                    follower.Reset();
                    region = larger!.Value.Region;
                    (inFront, turn) = (0, turn + 1);
                }
            }

            people = Count(seen, region);
        }

        var landmarks = region is { Size: >= 1 } at && float.IsFinite(at.Center.X + at.Center.Y + at.Size + at.Rotation)
            ? finders[looked++ % finders.Length].FindAsync(picture, at)
            : Task.FromResult<BodyLandmarks?>(null);
        return new Look(frame.TimestampSeconds, landmarks, people, turn, picture.Width, picture.Height);
    }

    private async Task<BodySighting> FollowAsync(Look look)
    {
        var landmarks = await look.Landmarks is { } found && found.Presence > options.MinimumPresence ? found : null;
        if (look.Turn != turn)
        {
            return new BodySighting(look.TimestampSeconds, landmarks, look.People, look.Width, look.Height); // of the one who is not followed any more
        }

        region = landmarks is null ? null : follower.Next(landmarks.Hips, landmarks.Above, look.TimestampSeconds);
        if (region is { } seen)
        {
            lastRegion = seen;
            lastSeen = look.TimestampSeconds;
        }

        return new BodySighting(look.TimestampSeconds, landmarks, look.People, look.Width, look.Height);
    }

    // The person who was lost a moment ago, else the largest, with less weight towards the sides of the picture.
    private PersonDetection Choose(IReadOnlyList<PersonDetection> seen, YuvPicture picture, double now)
    {
        if (now - lastSeen <= RememberedSeconds)
        {
            return seen.MinBy(person => Vector2.Distance(person.Hips, lastRegion.Center) + Math.Abs(person.Region.Size - lastRegion.Size));
        }

        var middle = new Vector2(picture.Width, picture.Height) / 2;
        return seen.MaxBy(person => person.Region.Size * (1 - (0.5f * Math.Min(Math.Abs(person.Hips.X - middle.X) / middle.X, 1))));
    }

    // Somebody in front of the one who is followed, whom the detector may see or not; null where there is nobody.
    private static PersonDetection? Larger(IReadOnlyList<PersonDetection> seen, RegionOfInterest followed, YuvPicture picture)
    {
        PersonDetection[] others = [.. seen.Where(person => Vector2.Distance(person.Hips, followed.Center) > followed.Size / 2)];
        if (others.Length == 0 || followed.Size >= BackgroundShare * Math.Max(picture.Width, picture.Height))
        {
            return null;
        }

        var largest = others.MaxBy(person => person.Region.Size);
        return largest.Region.Size >= InFrontTimes * followed.Size ? largest : null;
    }

    private int Count(IReadOnlyList<PersonDetection> seen, RegionOfInterest? main)
    {
        if (seen.Count == 0)
        {
            return main is null ? 0 : 1;
        }

        // The detector's size of the main person is comparable with its sizes of the others; the landmarks' need not be.
        var mainSize = main is { } at ? seen.MinBy(person => Vector2.Distance(person.Hips, at.Center)).Region.Size : seen.Max(person => person.Region.Size);
        return Math.Max(seen.Count(person => person.Region.Size >= options.MinimumOtherSize * mainSize), 1);
    }

    private readonly record struct Look(double TimestampSeconds, Task<BodyLandmarks?> Landmarks, int People, int Turn, int Width, int Height);
}
