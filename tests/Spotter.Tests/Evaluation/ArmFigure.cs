using Spotter.Evaluation;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Tests.Evaluation;

/// <summary>A person in one frame: hips and neck a torso apart, both arms alike.</summary>
internal sealed class ArmFigure
{
    private readonly Dictionary<Joint, (double X, double Y)> joints = [];

    private ArmFigure()
    {
    }

    /// <summary>Degrees of the upper arm forwards from hanging and of the bend of the elbow; how far neck and shoulders are before the hips, and shoulders raised, in torso lengths.</summary>
    public static ArmFigure At(double upperArm = 0, double forearm = 0, double lean = 0, double rise = 0)
    {
        var figure = new ArmFigure();
        var (upper, lower) = (double.DegreesToRadians(upperArm), double.DegreesToRadians(upperArm + forearm));
        var shoulder = (X: lean, Y: 0.05 - rise);
        var elbow = (X: shoulder.X + (0.5 * Math.Sin(upper)), Y: shoulder.Y + (0.5 * Math.Cos(upper)));
        var wrist = (elbow.X + (0.45 * Math.Sin(lower)), elbow.Y + (0.45 * Math.Cos(lower)));
        figure.joints[Joint.Neck] = (lean, 0);
        foreach (var (joint, place) in new[] { (Joint.RightShoulder, shoulder), (Joint.RightElbow, elbow), (Joint.RightWrist, wrist), (Joint.RightHip, (0, 1)) })
        {
            figure.joints[joint] = figure.joints[joint.Mirror()] = place;
        }

        return figure;
    }

    /// <summary>A repetition in which the figure goes from phase 0 to 1 and back.</summary>
    public static LabelledRepetition Repetition(string exercise, Func<double, ArmFigure> figure)
    {
        const int frames = 30;
        var keypoints = new float[frames * Skeleton.JointCount * 3];
        for (var frame = 0; frame < frames; frame++)
        {
            foreach (var (joint, (x, y)) in figure(Math.Sin(Math.PI * frame / (frames - 1))).joints)
            {
                var at = ((frame * Skeleton.JointCount) + (int)joint) * 3;
                (keypoints[at], keypoints[at + 1], keypoints[at + 2]) = ((float)(300 + (100 * x)), (float)(200 + (100 * y)), 0.9f);
            }
        }

        var sequence = SkeletonSequence.AtConstantRate(keypoints, 30);
        var clip = new RecordedClip { Name = "figure", Exercise = exercise, Correct = true, Session = "s", Keypoints = sequence };
        return new LabelledRepetition(clip, sequence, null, new Repetition(0, frames / 2, frames));
    }
}
