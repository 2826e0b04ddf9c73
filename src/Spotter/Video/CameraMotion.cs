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
    private const double UnrecognisedShift = 0.25;
    private const float PersonMargin = 0.1f;
    private const int Coarse = 4;

    private readonly int width;
    private readonly int height;
    private GreyThumbnail? reference;
    private List<(int X, int Y)> blocks = [];
    private Matrix3x2 beforeReference = Matrix3x2.Identity;
    private Matrix3x2 sinceReference = Matrix3x2.Identity;
    private Matrix3x2 last = Matrix3x2.Identity;
    private RectangleF? lastPerson;
    private double lastTime = double.NegativeInfinity;
    private double firstTime;
    private double path;
    private double unrecognised;
    private int samples;
    private int followed;

    /// <summary>For frames of the given size in pixels.</summary>
    public CameraMotion(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        this.width = width;
        this.height = height;
    }

    /// <summary>
    /// Largest mean displacement of the background from where it was at the start, as a share of the picture's longer side:
    /// about 0.001 on a tripod, 0.03 for a hand that holds still, 0.1 and more where the camera pans or zooms.
    /// </summary>
    public double LargestShift { get; private set; }

    /// <summary>Way that the background goes in a second, back and forth counted, as a share of the picture's longer side.</summary>
    public double ShiftPerSecond => lastTime > firstTime ? path / (lastTime - firstTime) : 0;

    /// <summary>
    /// Share of the looked-at frames in which the background could be followed, 0 to 1.
    /// Low means that the background is plain or hidden and that the shifts say nothing, or that the picture jumped.
    /// </summary>
    public double Followed => samples == 0 ? 0 : followed / (double)samples;

    /// <summary>Takes the next frame; most frames cost nothing.</summary>
    /// <param name="rgb">H × W × 3 bytes.</param>
    /// <param name="timestampSeconds">Time of the frame; increasing.</param>
    /// <param name="person">Box around the person in pixels, who moves and is no background; null where it is not known, then the last one holds.</param>
    public void Add(ReadOnlySpan<byte> rgb, double timestampSeconds, RectangleF? person = null)
    {
        lastPerson = person ?? lastPerson;
        if (timestampSeconds < lastTime + IntervalSeconds)
        {
            return;
        }

        var picture = GreyThumbnail.FromRgb(rgb, width, height, LongSide);
        if (reference is null)
        {
            firstTime = timestampSeconds;
            StartFrom(picture);
        }
        else
        {
            samples++;
            Follow(picture);
        }

        lastTime = timestampSeconds;
    }

    private void Follow(GreyThumbnail picture)
    {
        if (blocks.Count < SimilarityFit.LeastPoints)
        {
            StartFrom(picture);
            return;
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
            unrecognised += UnrecognisedShift;
            path += UnrecognisedShift;
            LargestShift = Math.Max(LargestShift, unrecognised + MeanShift(last, Matrix3x2.Identity));
            StartFrom(picture);
            return;
        }

        followed++;
        sinceReference = map.Value;
        var now = beforeReference * sinceReference;
        path += MeanShift(now, last);
        LargestShift = Math.Max(LargestShift, unrecognised + MeanShift(now, Matrix3x2.Identity));
        last = now;
        if (agreeing < FewBlocks * blocks.Count || MeanShift(sinceReference, Matrix3x2.Identity) > ReferenceReach)
        {
            StartFrom(picture);
        }
    }

    private void StartFrom(GreyThumbnail picture)
    {
        reference = picture;
        beforeReference = last;
        sinceReference = Matrix3x2.Identity;
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

    // Mean over a grid of places in the picture, so that a zoom or a turn counts by how far it moves things.
    private double MeanShift(Matrix3x2 map, Matrix3x2 other)
    {
        const int Steps = 4;
        double sum = 0;
        for (var row = 0; row <= Steps; row++)
        {
            for (var column = 0; column <= Steps; column++)
            {
                var place = new Vector2(((column / (float)Steps) - 0.5f) * reference!.Width, ((row / (float)Steps) - 0.5f) * reference.Height);
                sum += Vector2.Distance(Vector2.Transform(place, map), Vector2.Transform(place, other));
            }
        }

        return sum / ((Steps + 1) * (Steps + 1)) / Math.Max(reference!.Width, reference.Height);
    }
}
