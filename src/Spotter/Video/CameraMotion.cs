using System.Drawing;
using System.Numerics;

namespace Spotter.Video;

/// <summary>
/// How far the camera moves, turns or zooms during a clip, from how the background moves. Looks at five small grey pictures a second:
/// textured blocks outside the person are found again by correlation, and one shift, turn and zoom is fitted to those that agree.
/// </summary>
public sealed class CameraMotion
{
    private const int LongSide = 160;
    // A little less than a fifth, so that rounded time stamps do not make it skip one more frame.
    private const double IntervalSeconds = 0.19;
    private const double ReferenceReach = 0.1;
    private const double FewBlocks = 0.35;
    private const int Patience = 3; // pictures in a row without the background, as somebody passes before it
    private const float PersonMargin = 0.1f;
    private const int Coarse = 4;

    private readonly int width;
    private readonly int height;
    private GreyThumbnail? reference;
    private List<(int X, int Y)> blocks = [];
    private Matrix3x2 beforeReference = Matrix3x2.Identity;
    private Matrix3x2 sinceReference = Matrix3x2.Identity;
    private Matrix3x2 last = Matrix3x2.Identity;
    private readonly List<CameraSample> samples = [];
    private RectangleF? lastPerson;
    private bool knowsPerson; // whether the blocks avoid the person
    private int breaks;
    private int missed; // pictures in a row

    /// <summary>For frames of the given size in pixels.</summary>
    public CameraMotion(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        this.width = width;
        this.height = height;
    }

    /// <summary>What was seen up to now.</summary>
    public CameraTrack Track => new(samples, width / (double)Math.Max(width, height), height / (double)Math.Max(width, height));

    /// <summary>Takes the next frame; most frames cost nothing.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="timestampSeconds">Time of the frame; increasing.</param>
    /// <param name="person">Box around the person in pixels, who moves and is no background; null where it is not known, then the last one holds.</param>
    public void Add(YuvPicture frame, double timestampSeconds, RectangleF? person = null)
    {
        lastPerson = person ?? lastPerson;
        if (samples.Count > 0 && timestampSeconds < samples[^1].Seconds + IntervalSeconds)
        {
            return;
        }

        var picture = GreyThumbnail.Of(frame, LongSide);
        var followed = false;
        if (reference is null)
        {
            StartFrom(picture);
        }
        else
        {
            // In the first picture nobody knows where the person is.
            if (!knowsPerson && lastPerson is not null)
            {
                FindBlocks(reference);
            }

            followed = Follow(picture);
        }

        // Thumbnails are measured in pixels, tracks in shares of the longer side.
        var place = last with { Translation = last.Translation / Math.Max(picture.Width, picture.Height) };
        samples.Add(new CameraSample(timestampSeconds, place, followed, breaks));
    }

    private bool Follow(GreyThumbnail picture)
    {
        if (blocks.Count < SimilarityFit.LeastPoints)
        {
            StartFrom(picture);
            return false;
        }

        var map = Match(picture, sinceReference, out var agreeing);
        if (map is null && BlockMatcher.FindWhole(reference!.Shrink(Coarse), picture.Shrink(Coarse)) is { } leap)
        {
            // A fast pan leaves the blocks' reach and blurs them; the whole picture in miniature still tells where it went.
            var leapt = Matrix3x2.CreateTranslation(leap * Coarse);
            map = Match(picture, leapt, out agreeing) ?? leapt;
        }

        if (map is null)
        {
            missed++;
            if (missed >= Patience)
            {
                breaks++;
                StartFrom(picture);
            }

            return false;
        }

        missed = 0;
        sinceReference = map.Value;
        last = beforeReference * sinceReference;
        if (agreeing < FewBlocks * blocks.Count || Reach(sinceReference) > ReferenceReach)
        {
            StartFrom(picture);
        }

        return true;
    }

    // How far a map moves the picture's middle and corners on average, as a share of the longer side.
    private double Reach(Matrix3x2 map)
    {
        var (halfWidth, halfHeight) = (reference!.Width / 2f, reference.Height / 2f);
        Vector2[] places = [Vector2.Zero, new(halfWidth, halfHeight), new(-halfWidth, halfHeight), new(halfWidth, -halfHeight), new(-halfWidth, -halfHeight)];
        return places.Average(place => Vector2.Distance(Vector2.Transform(place, map), place)) / Math.Max(reference.Width, reference.Height);
    }

    private void StartFrom(GreyThumbnail picture)
    {
        reference = picture;
        beforeReference = last;
        sinceReference = Matrix3x2.Identity;
        missed = 0;
        FindBlocks(picture);
    }

    private void FindBlocks(GreyThumbnail picture)
    {
        knowsPerson = lastPerson is not null;
        var scale = picture.Width / (float)width;
        var hidden = lastPerson is { } box
            ? RectangleF.Inflate(new RectangleF(box.X * scale, box.Y * scale, box.Width * scale, box.Height * scale), box.Width * scale * PersonMargin, box.Height * scale * PersonMargin)
            : RectangleF.Empty;
        blocks = BlockMatcher.FindBlocks(picture, (x, y) => hidden.IntersectsWith(new RectangleF(x, y, BlockMatcher.Block, BlockMatcher.Block)));
    }

    private Matrix3x2? Match(GreyThumbnail picture, Matrix3x2 guess, out int agreeing)
    {
        const float HalfBlock = BlockMatcher.Block / 2f;
        var centre = new Vector2(picture.Width / 2f, picture.Height / 2f);
        var moved = new List<(Vector2 From, Vector2 To)>(blocks.Count);
        foreach (var (x, y) in blocks)
        {
            var from = new Vector2(x + HalfBlock, y + HalfBlock) - centre;
            if (BlockMatcher.Find(reference!, picture, x, y, Vector2.Transform(from, guess) - from) is { } shift)
            {
                moved.Add((from, from + shift));
            }
        }

        return SimilarityFit.Fit(moved, guess, out agreeing);
    }
}
