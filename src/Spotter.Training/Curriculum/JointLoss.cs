using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Training.Curriculum;

/// <summary>
/// Joints that an estimator does not report in a whole recording. Seen from the side, it usually knows nothing of the far arm and the far half of the
/// face; ankles and knees are often out of the picture or behind furniture.
/// </summary>
/// <param name="Lost">The joints.</param>
internal readonly record struct JointLoss(IReadOnlyList<Joint> Lost)
{
    private const double FarArmFromSide = 0.75;
    private const double FarFaceFromSide = 0.8;
    private const double FarArmFromDiagonal = 0.25;
    private const double Ankles = 0.25;
    private const double Knees = 0.3;

    /// <summary>Draws the joints that are lost from one camera's place.</summary>
    public static JointLoss Draw(CameraPlacement camera, SeededRandom random)
    {
        List<Joint> lost = [];
        var seesRight = Math.Sin(double.DegreesToRadians(camera.Azimuth)) > 0;
        var (farArm, farFace) = camera.View switch
        {
            View.Side => (FarArmFromSide, FarFaceFromSide),
            View.Diagonal => (FarArmFromDiagonal, FarArmFromDiagonal),
            _ => (0, 0),
        };
        Lose(farArm, Far(Joint.RightElbow), Far(Joint.RightWrist));
        Lose(farFace, Far(Joint.RightEye), Far(Joint.RightEar));
        Lose(Ankles, Joint.RightAnkle, Joint.LeftAnkle);
        Lose(Knees, Joint.RightKnee, Joint.LeftKnee, Joint.RightAnkle, Joint.LeftAnkle);
        return new JointLoss(lost);

        Joint Far(Joint right) => seesRight ? right.Mirror() : right;

        void Lose(double chance, params ReadOnlySpan<Joint> joints)
        {
            if (random.Chance(chance))
            {
                lost.AddRange(joints);
            }
        }
    }

    /// <summary>The sequence without the lost joints.</summary>
    public SkeletonSequence Apply(SkeletonSequence sequence)
    {
        var keypoints = sequence.Keypoints.ToArray();
        for (var frame = 0; frame < sequence.FrameCount; frame++)
        {
            foreach (var joint in Lost)
            {
                keypoints.AsSpan(((frame * Skeleton.JointCount) + (int)joint) * 3, 3).Clear();
            }
        }

        return new SkeletonSequence(keypoints, sequence.Timestamps.ToArray(), sequence.Width, sequence.Height);
    }
}
