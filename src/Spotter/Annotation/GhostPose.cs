using SkiaSharp;
using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Annotation;

/// <summary>
/// Where the joint of a finding should be: the body as it stands, changed no more than brings the measure back among those of correct repetitions. So
/// the ghost has the person's own limbs, and moves with them.
/// </summary>
internal static class GhostPose
{
    // Inside of the good range, not on its edge: what is aimed at is then clearly right.
    private const double Inside = 0.25;

    /// <summary>Finds the joints that should be elsewhere, with their place; empty where a measure has no place, such as a time.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="joints">The 18 joints at the moment, in the painted picture.</param>
    /// <param name="torso">Length of the torso in the painted picture, pixels.</param>
    public static IReadOnlyDictionary<Joint, SKPoint> Find(Finding finding, ReadOnlySpan<PaintedJoint> joints, float torso)
    {
        if (!Skeleton.TryParse(finding.Joint, out var joint) || !Seen(joints, joint) || torso <= 0)
        {
            return new Dictionary<Joint, SKPoint>();
        }

        var arm = new Arm(joints, joint is Joint.LeftShoulder or Joint.LeftElbow or Joint.LeftWrist ? BodySide.Left : BodySide.Right);
        var missing = Missing(finding);
        var up = new SKPoint(0, (float)(-missing * torso));
        return finding.Measure switch
        {
            "path-distance" when finding.Shift is [var right, var down] => Moved(joint, joints[(int)joint].Position + new SKPoint((float)right * torso, (float)down * torso)),
            _ when double.IsNaN(missing) => new Dictionary<Joint, SKPoint>(),
            "elbow-extension-degrees" or "elbow-flexion-degrees" when arm.IsSeen => arm.Bent(missing),
            "asymmetry-degrees" when arm.IsSeen => arm.Bent(-missing),
            "elbow-height-bottom" or "elbow-height-top" or "elbow-rise" when arm.IsSeen => arm.Raised(up.Y),
            "wrist-height-bottom" or "wrist-height-top" or "range-of-motion" when arm.IsSeen => arm.Reaching(up),
            "height-difference" when arm.IsSeen => arm.Reaching(new SKPoint(0, -up.Y)),
            "elbow-forward" or "elbow-neck-offset" or "elbow-flare" when arm.IsSeen =>
                arm.Swung((float)(missing * torso * Aside(finding.Measure, joints, arm))),
            "forearm-tilt-degrees" or "forearm-tilt-bottom-degrees" when arm.IsSeen => arm.Tilted(missing * Aside(finding.Measure, joints, arm)),
            "wrist-offset-top" when arm.IsSeen => arm.Reaching(new SKPoint((float)(missing * torso * Aside(finding.Measure, joints, arm)), 0)),
            "trunk-lean-degrees" or "trunk-sway-degrees" or "trunk-from-upright-degrees" => Upright(joints, Math.Abs(missing)),
            "knee-drive-degrees" => Straightened(joints, joint, Math.Abs(missing)),
            _ => new Dictionary<Joint, SKPoint>(),
        };
    }

    /// <summary>What has to be added to the value.</summary>
    private static double Missing(Finding finding)
    {
        if (MeasureCatalogue.Find(finding.Measure) is null || finding.Expected is not [var low, var high])
        {
            return double.NaN;
        }

        var room = Inside * (high - low);
        return finding.Value < low ? low + room - finding.Value : finding.Value > high ? high - room - finding.Value : double.NaN;
    }

    // Outward from the front, forward from the side: to which side of the picture that is.
    private static float Aside(string measure, ReadOnlySpan<PaintedJoint> joints, Arm arm)
    {
        var (right, left) = (joints[(int)Joint.RightShoulder], joints[(int)Joint.LeftShoulder]);
        var (neck, nose) = (joints[(int)Joint.Neck], joints[(int)Joint.Nose]);
        var shoulders = Math.Abs(right.Position.X - left.Position.X);
        var hips = joints[(int)Joint.RightHip].Sight != JointSight.Absent ? joints[(int)Joint.RightHip] : joints[(int)Joint.LeftHip];
        var fromTheSide = measure is "elbow-forward" or "elbow-neck-offset" || shoulders < 0.4f * SKPoint.Distance(neck.Position, hips.Position);
        return fromTheSide
            ? nose.Position.X >= neck.Position.X ? 1 : -1
            : arm.Shoulder.X >= neck.Position.X ? 1 : -1;
    }

    private static Dictionary<Joint, SKPoint> Upright(ReadOnlySpan<PaintedJoint> joints, double degrees)
    {
        var (right, left) = (joints[(int)Joint.RightHip], joints[(int)Joint.LeftHip]);
        if (!Seen(joints, Joint.Neck) || (right.Sight == JointSight.Absent && left.Sight == JointSight.Absent))
        {
            return [];
        }

        var (a, b) = (right.Sight == JointSight.Absent ? left.Position : right.Position, left.Sight == JointSight.Absent ? right.Position : left.Position);
        var hips = new SKPoint((a.X + b.X) / 2, (a.Y + b.Y) / 2);
        var toUpright = Limb.Between(hips, joints[(int)Joint.Neck].Position, new SKPoint(hips.X, hips.Y - 1));
        var turn = Math.Sign(toUpright) * Math.Min(Math.Abs(toUpright), degrees);
        Dictionary<Joint, SKPoint> ghost = [];
        foreach (var part in (Joint[])[Joint.Neck, Joint.RightShoulder, Joint.LeftShoulder, Joint.Nose])
        {
            if (Seen(joints, part))
            {
                ghost[part] = Limb.Turn(joints[(int)part].Position, hips, turn);
            }
        }

        return ghost;
    }

    private static Dictionary<Joint, SKPoint> Straightened(ReadOnlySpan<PaintedJoint> joints, Joint knee, double degrees)
    {
        var (hip, ankle) = knee == Joint.LeftKnee ? (Joint.LeftHip, Joint.LeftAnkle) : (Joint.RightHip, Joint.RightAnkle);
        if (!Seen(joints, hip) || !Seen(joints, ankle))
        {
            return [];
        }

        var (at, top, foot) = (joints[(int)knee].Position, joints[(int)hip].Position, joints[(int)ankle].Position);
        var bend = 180 - Math.Abs(Limb.Between(at, top, foot));
        var share = bend < 1 ? 0 : (float)Math.Min(1, degrees / bend);
        var middle = new SKPoint((top.X + foot.X) / 2, (top.Y + foot.Y) / 2);
        return Moved(knee, new SKPoint(float.Lerp(at.X, middle.X, share), at.Y));
    }

    private static Dictionary<Joint, SKPoint> Moved(Joint joint, SKPoint place) => new() { [joint] = place };

    private static bool Seen(ReadOnlySpan<PaintedJoint> joints, Joint joint) => joints[(int)joint].Sight != JointSight.Absent;

    private readonly ref struct Arm
    {
        public Arm(ReadOnlySpan<PaintedJoint> joints, BodySide side)
        {
            (ElbowJoint, WristJoint) = (side.Of(Joint.RightElbow), side.Of(Joint.RightWrist));
            var shoulder = side.Of(Joint.RightShoulder);
            (Shoulder, Elbow, Wrist) = (joints[(int)shoulder].Position, joints[(int)ElbowJoint].Position, joints[(int)WristJoint].Position);
            IsSeen = Seen(joints, shoulder) && Seen(joints, ElbowJoint) && Seen(joints, WristJoint);
        }

        public Joint ElbowJoint { get; }

        public Joint WristJoint { get; }

        public SKPoint Shoulder { get; }

        public SKPoint Elbow { get; }

        public SKPoint Wrist { get; }

        public bool IsSeen { get; }

        /// <summary>The hand moved away from or towards the shoulder until the elbow is more open by some degrees.</summary>
        public Dictionary<Joint, SKPoint> Bent(double degrees)
        {
            var angle = Limb.Between(Elbow, Shoulder, Wrist);
            var opened = Math.Clamp(Math.Abs(angle) + degrees, 0, 180);
            var turned = Limb.Turn(Wrist, Elbow, (opened - Math.Abs(angle)) * (angle >= 0 ? 1 : -1));
            var (reach, now) = (SKPoint.Distance(Shoulder, turned), SKPoint.Distance(Shoulder, Wrist));
            return now < 1e-3 ? [] : Reaching(new SKPoint((Wrist.X - Shoulder.X) * ((reach / now) - 1), (Wrist.Y - Shoulder.Y) * ((reach / now) - 1)));
        }

        public Dictionary<Joint, SKPoint> Tilted(double degrees) => Moved(WristJoint, Limb.Turn(Wrist, Elbow, degrees));

        /// <summary>The upper arm turned about the shoulder until the elbow is higher or lower; the forearm goes with it.</summary>
        public Dictionary<Joint, SKPoint> Raised(float down)
        {
            var y = Math.Clamp(Elbow.Y - Shoulder.Y + down, -Upper, Upper);
            var x = MathF.Sqrt((Upper * Upper) - (y * y)) * (Elbow.X >= Shoulder.X ? 1 : -1);
            return Carried(new SKPoint(Shoulder.X + x, Shoulder.Y + y));
        }

        /// <summary>The upper arm turned about the shoulder until the elbow is further to one side; the forearm goes with it.</summary>
        public Dictionary<Joint, SKPoint> Swung(float right)
        {
            var x = Math.Clamp(Elbow.X - Shoulder.X + right, -Upper, Upper);
            var y = MathF.Sqrt((Upper * Upper) - (x * x)) * (Elbow.Y >= Shoulder.Y ? 1 : -1);
            return Carried(new SKPoint(Shoulder.X + x, Shoulder.Y + y));
        }

        public Dictionary<Joint, SKPoint> Reaching(SKPoint by)
        {
            var end = Wrist + by;
            return new() { [ElbowJoint] = Limb.Middle(Shoulder, Elbow, Wrist, end), [WristJoint] = end };
        }

        private float Upper => SKPoint.Distance(Shoulder, Elbow);

        private Dictionary<Joint, SKPoint> Carried(SKPoint elbow) => new() { [ElbowJoint] = elbow, [WristJoint] = Wrist + elbow - Elbow };
    }
}
