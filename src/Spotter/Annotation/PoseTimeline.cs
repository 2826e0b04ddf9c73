using SkiaSharp;
using Spotter.Skeletons;

namespace Spotter.Annotation;

/// <summary>How well a joint is known in a frame.</summary>
public enum JointSight
{
    /// <summary>Not known: not drawn.</summary>
    Absent,

    /// <summary>Not seen; its place is the estimator's guess or lies between the moments in which it was seen.</summary>
    Guessed,

    /// <summary>Seen.</summary>
    Seen,
}

/// <summary>Where a joint is drawn.</summary>
/// <param name="Position">Place in the painted picture, pixels.</param>
/// <param name="Sight">How well it is known.</param>
public readonly record struct PaintedJoint(SKPoint Position, JointSight Sight);

/// <summary>The body at any moment of a clip, in the pixels of the painted picture. Joints that are missing for a short while are filled in between and marked so.</summary>
public sealed class PoseTimeline
{
    /// <summary>Confidence from which a joint counts as seen.</summary>
    public const float SeenConfidence = 0.3f;

    private const double LongestGapSeconds = 0.6;
    private const double FallbackIntervalSeconds = 1 / 30.0;

    private readonly SkeletonSequence skeleton;
    private readonly float scaleX;
    private readonly float scaleY;
    private readonly double tolerance;

    /// <summary>For a picture that may have another size than the one in which the keypoints are.</summary>
    /// <param name="skeleton">Keypoints with times.</param>
    /// <param name="picture">Size of the painted picture; taken for the skeleton's where that is unknown.</param>
    public PoseTimeline(SkeletonSequence skeleton, PictureScale picture)
    {
        this.skeleton = skeleton;
        scaleX = skeleton.Width > 0 ? picture.Width / (float)skeleton.Width : 1;
        scaleY = skeleton.Height > 0 ? picture.Height / (float)skeleton.Height : 1;
        tolerance = 0.55 * (skeleton.FrameCount < 2 ? FallbackIntervalSeconds : 1 / skeleton.FramesPerSecond);
        TorsoLength = MedianTorso();
    }

    /// <summary>Median distance from the neck to the middle of the hips, pixels of the painted picture; 0 where they are never seen together.</summary>
    public float TorsoLength { get; }

    /// <summary>Number of the skeleton frame nearest to a moment; -1 where none is within half a frame.</summary>
    public int FrameAt(double seconds)
    {
        var after = FirstAtOrAfter(seconds);
        var best = after;
        if (after == skeleton.FrameCount || (after > 0 && seconds - skeleton.Timestamps[after - 1] <= skeleton.Timestamps[after] - seconds))
        {
            best = after - 1;
        }

        return best >= 0 && Math.Abs(skeleton.Timestamps[best] - seconds) <= tolerance ? best : -1;
    }

    /// <summary>The body at a moment.</summary>
    /// <param name="seconds">Time from the start of the clip.</param>
    /// <param name="joints">Takes the 18 joints.</param>
    public void At(double seconds, Span<PaintedJoint> joints)
    {
        var frame = FrameAt(seconds);
        for (var joint = 0; joint < Skeleton.JointCount; joint++)
        {
            joints[joint] = frame >= 0 && !skeleton[frame, (Joint)joint].IsMissing
                ? Painted(skeleton[frame, (Joint)joint])
                : Between(seconds, (Joint)joint);
        }
    }

    private PaintedJoint Painted(Keypoint keypoint) =>
        new(Place(keypoint), keypoint.Confidence >= SeenConfidence ? JointSight.Seen : JointSight.Guessed);

    private PaintedJoint Between(double seconds, Joint joint)
    {
        var times = skeleton.Timestamps;
        var after = FirstAtOrAfter(seconds);
        var before = after - 1;
        while (before >= 0 && seconds - times[before] <= LongestGapSeconds && skeleton[before, joint].IsMissing)
        {
            before--;
        }

        while (after < times.Length && times[after] - seconds <= LongestGapSeconds && skeleton[after, joint].IsMissing)
        {
            after++;
        }

        if (before < 0 || after == times.Length || times[after] - times[before] > LongestGapSeconds)
        {
            return default;
        }

        var (from, to) = (Place(skeleton[before, joint]), Place(skeleton[after, joint]));
        var share = (float)((seconds - times[before]) / (times[after] - times[before]));
        return new PaintedJoint(new SKPoint(float.Lerp(from.X, to.X, share), float.Lerp(from.Y, to.Y, share)), JointSight.Guessed);
    }

    private SKPoint Place(Keypoint keypoint) => new(keypoint.X * scaleX, keypoint.Y * scaleY);

    private int FirstAtOrAfter(double seconds)
    {
        var at = skeleton.Timestamps.BinarySearch(seconds);
        return at >= 0 ? at : ~at;
    }

    private float MedianTorso()
    {
        var lengths = new List<float>();
        for (var frame = 0; frame < skeleton.FrameCount; frame++)
        {
            var (neck, right, left) = (skeleton[frame, Joint.Neck], skeleton[frame, Joint.RightHip], skeleton[frame, Joint.LeftHip]);
            if (neck.IsMissing || (right.IsMissing && left.IsMissing))
            {
                continue;
            }

            var (a, b) = (Place(right.IsMissing ? left : right), Place(left.IsMissing ? right : left));
            lengths.Add(SKPoint.Distance(Place(neck), new SKPoint((a.X + b.X) / 2, (a.Y + b.Y) / 2)));
        }

        lengths.Sort();
        return lengths.Count == 0 ? 0 : lengths[lengths.Count / 2];
    }
}
