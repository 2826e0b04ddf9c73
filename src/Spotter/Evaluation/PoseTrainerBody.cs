using Spotter.Skeletons;

namespace Spotter.Evaluation;

/// <summary>
/// The quantities that Pose Trainer's rules and classifier look at, in every frame where the joints concerned were found. S. Chen and R. R. Yang, "Pose
/// Trainer: Correcting Exercise Posture using Pose Estimation" (2018, arXiv:2006.11718). Lengths are in torso lengths (mean distance from the neck to the
/// hips that were found), angles in degrees. Keypoints are taken as the estimator gave them: nothing is cleaned.
/// </summary>
internal sealed class PoseTrainerBody
{
    private readonly SkeletonSequence sequence;
    private readonly double torso;
    private readonly int[] armFrames;
    private readonly Joint shoulder;
    private readonly Joint elbow;
    private readonly Joint wrist;
    private readonly Joint hip;

    public PoseTrainerBody(SkeletonSequence sequence)
    {
        this.sequence = sequence;
        torso = MeanTorso(sequence);
        RightArm = Frames(Joint.RightShoulder, Joint.RightElbow, Joint.RightWrist).Length
            > Frames(Joint.LeftShoulder, Joint.LeftElbow, Joint.LeftWrist).Length;
        (shoulder, elbow, wrist, hip) = RightArm
            ? (Joint.RightShoulder, Joint.RightElbow, Joint.RightWrist, Joint.RightHip)
            : (Joint.LeftShoulder, Joint.LeftElbow, Joint.LeftWrist, Joint.LeftHip);
        armFrames = Frames(shoulder, elbow, wrist, hip, Joint.Neck);
    }

    /// <summary>Whether the right arm is found in more frames than the left one; that arm is judged.</summary>
    public bool RightArm { get; }

    /// <summary>Angle between upper arm and forearm: 180 for a straight arm.</summary>
    public double[] ElbowAngle => Angles(armFrames, (elbow, shoulder), (elbow, wrist));

    /// <summary>Angle between upper arm and torso: 0 for an arm that hangs down.</summary>
    public double[] UpperArmAngle => Angles(armFrames, (elbow, shoulder), (hip, Joint.Neck));

    /// <summary>Angle between the torso, from hip to shoulder, and the line from wrist to shoulder: 0 for an arm that hangs down.</summary>
    public double[] ArmLift => Angles(armFrames, (hip, shoulder), (wrist, shoulder));

    /// <summary>How far the neck is to the right of the hip in the picture.</summary>
    public double[] Lean => Array.ConvertAll(armFrames, frame => Place(frame, Joint.Neck).X - Place(frame, hip).X);

    /// <summary>How far the elbow is from the neck: to the right in the picture for the right arm, to the left for the left arm.</summary>
    public double[] ElbowOffset =>
        Array.ConvertAll(armFrames, frame => (Place(frame, elbow).X - Place(frame, Joint.Neck).X) * (RightArm ? 1 : -1));

    /// <summary>How far the elbow is below the shoulder.</summary>
    public double[] ElbowDrop => Array.ConvertAll(armFrames, frame => Place(frame, elbow).Y - Place(frame, shoulder).Y);

    /// <summary>Angle between the lines from wrist to shoulder and from neck to wrist, which the shrug's classifier follows in the place of the elbow.</summary>
    public double[] WristAngle => Angles(armFrames, (wrist, shoulder), (Joint.Neck, wrist));

    /// <summary>Heights of both shoulders and the bend of the left elbow (0 for a straight arm) where both arms are found.</summary>
    public (double[] LeftShoulder, double[] RightShoulder, double[] Bend) BothArms
    {
        get
        {
            var frames = Frames(
                Joint.LeftShoulder, Joint.RightShoulder, Joint.LeftElbow, Joint.RightElbow, Joint.LeftWrist, Joint.RightWrist);

            return (
                Array.ConvertAll(frames, frame => Place(frame, Joint.LeftShoulder).Y),
                Array.ConvertAll(frames, frame => Place(frame, Joint.RightShoulder).Y),
                Angles(frames, (Joint.LeftElbow, Joint.LeftShoulder), (Joint.LeftWrist, Joint.LeftElbow)));
        }
    }

    private static double MeanTorso(SkeletonSequence sequence)
    {
        List<double> lengths = [];
        foreach (var end in new[] { Joint.LeftHip, Joint.RightHip })
        {
            for (var frame = 0; frame < sequence.FrameCount; frame++)
            {
                var (neck, bottom) = (sequence[frame, Joint.Neck], sequence[frame, end]);
                if (!neck.IsMissing && !bottom.IsMissing)
                {
                    lengths.Add(double.Hypot(neck.X - bottom.X, neck.Y - bottom.Y));
                }
            }
        }

        return lengths.Count == 0 ? double.NaN : lengths.Average();
    }

    private int[] Frames(params ReadOnlySpan<Joint> joints)
    {
        List<int> frames = [];
        for (var frame = 0; frame < sequence.FrameCount; frame++)
        {
            var found = true;
            foreach (var joint in joints)
            {
                found &= !sequence[frame, joint].IsMissing;
            }

            if (found)
            {
                frames.Add(frame);
            }
        }

        return [.. frames];
    }

    private (double X, double Y) Place(int frame, Joint joint) => (sequence[frame, joint].X / torso, sequence[frame, joint].Y / torso);

    private double[] Angles(int[] frames, (Joint From, Joint To) first, (Joint From, Joint To) second) => Array.ConvertAll(frames, frame =>
    {
        var (a, b) = (Direction(frame, first.From, first.To), Direction(frame, second.From, second.To));
        return double.RadiansToDegrees(Math.Acos(Math.Clamp((a.X * b.X) + (a.Y * b.Y), -1, 1)));
    });

    private (double X, double Y) Direction(int frame, Joint from, Joint to)
    {
        var (start, end) = (Place(frame, from), Place(frame, to));
        var (x, y) = (end.X - start.X, end.Y - start.Y);
        var length = double.Hypot(x, y);
        return (x / length, y / length);
    }
}
