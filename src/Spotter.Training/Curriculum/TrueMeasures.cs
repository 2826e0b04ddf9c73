using System.Numerics;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Training.Curriculum;

/// <summary>
/// Measures of a synthesised repetition in space, which the network learns to tell from what one camera sees. Sides are not told apart: a skeleton
/// may be mirrored before the network sees it.
/// </summary>
internal static class TrueMeasures
{
    /// <summary>Number of measures.</summary>
    public const int Count = 16;

    private const float Degrees = 180 / MathF.PI;

    /// <summary>The measures of the frames of one repetition, in degrees or shares of the trunk's length.</summary>
    public static float[] Of(MannequinSequence set, Repetition repetition)
    {
        var frames = set.Joints3D[repetition.StartFrame..repetition.EndFrame];
        var right = frames.Select(joints => Angle(joints, Joint.RightShoulder, Joint.RightElbow, Joint.RightWrist)).ToArray();
        var left = frames.Select(joints => Angle(joints, Joint.LeftShoulder, Joint.LeftElbow, Joint.LeftWrist)).ToArray();
        var trunks = frames.Select(joints => joints[(int)Joint.Neck] - Hips(joints)).ToArray();
        var lean = trunks.Select(trunk => MathF.Atan2(-trunk.Z, trunk.Y) * Degrees).ToArray();
        var tilt = trunks.Select(trunk => MathF.Atan2(trunk.X, trunk.Y) * Degrees).ToArray();
        var length = trunks.Average(trunk => trunk.Length());
        var knees = frames.Select(joints => Math.Min(
            Angle(joints, Joint.RightHip, Joint.RightKnee, Joint.RightAnkle), Angle(joints, Joint.LeftHip, Joint.LeftKnee, Joint.LeftAnkle))).ToArray();
        var wrists = frames.Select(joints => Height(joints, Joint.RightWrist) + Height(joints, Joint.LeftWrist)).ToArray();
        var elbows = frames.Select(joints => Math.Min(Height(joints, Joint.RightElbow), Height(joints, Joint.LeftElbow)) / length).ToArray();
        var top = frames[repetition.TurningFrame - repetition.StartFrame];
        var bottom = frames[Array.IndexOf(wrists, wrists.Min())];
        return
        [
            Math.Max(right.Max(), left.Max()),
            Math.Min(right.Max(), left.Max()),
            Math.Max(right.Min(), left.Min()),
            Math.Min(right.Min(), left.Min()),
            right.Zip(left, (a, b) => Math.Abs(a - b)).Max(),
            lean.Max() - lean.Min(),
            lean.Max(),
            tilt.Max() - tilt.Min(),
            elbows.Min(),
            Forward(bottom, Joint.RightShoulder, Joint.RightElbow, Joint.LeftShoulder, Joint.LeftElbow) / length,
            Forward(top, Joint.RightShoulder, Joint.RightWrist, Joint.LeftShoulder, Joint.LeftWrist) / length,
            knees.Min(),
            frames.Max(joints => Math.Max(FromVertical(joints, Joint.RightElbow, Joint.RightWrist), FromVertical(joints, Joint.LeftElbow, Joint.LeftWrist))),
            (wrists.Max() - wrists.Min()) / (2 * length),
            trunks.Max(trunk => trunk.Length()) / trunks.Min(trunk => trunk.Length()) - 1,
            frames.Max(joints => Math.Max(Height(joints, Joint.RightWrist), Height(joints, Joint.LeftWrist))) / length,
        ];
    }

    private static Vector3 Hips(Vector3[] joints) => (joints[(int)Joint.RightHip] + joints[(int)Joint.LeftHip]) / 2;

    private static float Height(Vector3[] joints, Joint joint) => joints[(int)joint].Y - joints[(int)Joint.Neck].Y;

    private static float Angle(Vector3[] joints, Joint from, Joint at, Joint to) =>
        Between(joints[(int)from] - joints[(int)at], joints[(int)to] - joints[(int)at]);

    private static float FromVertical(Vector3[] joints, Joint from, Joint to) => Between(joints[(int)to] - joints[(int)from], Vector3.UnitY);

    private static float Between(Vector3 a, Vector3 b) => MathF.Acos(Math.Clamp(Vector3.Dot(Vector3.Normalize(a), Vector3.Normalize(b)), -1, 1)) * Degrees;

    private static float Forward(Vector3[] joints, Joint rightFrom, Joint right, Joint leftFrom, Joint left) =>
        (joints[(int)right].Z - joints[(int)rightFrom].Z + joints[(int)left].Z - joints[(int)leftFrom].Z) / 2;
}
