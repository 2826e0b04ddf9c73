using Spotter.Skeletons;

namespace Spotter.Evaluation;

/// <summary>Feature vectors that a method has to beat, or that show what a data set gives away.</summary>
public static class ControlFeatures
{
    private static readonly Joint[] WithoutArms =
    [
        Joint.Nose, Joint.Neck, Joint.RightShoulder, Joint.LeftShoulder, Joint.RightHip, Joint.RightKnee, Joint.RightAnkle,
        Joint.LeftHip, Joint.LeftKnee, Joint.LeftAnkle, Joint.RightEye, Joint.LeftEye, Joint.RightEar, Joint.LeftEar,
    ];

    /// <summary>
    /// Four joint angles, the elbows' and the shoulders' (between torso and upper arm), each as least, mean and greatest over the repetition, in degrees:
    /// what a one-class SVM makes of the angles that rules are written with. NaN for a side that is not seen.
    /// </summary>
    public static double[] FourAngles(LabelledRepetition repetition)
    {
        (Joint At, Joint From, Joint To)[] angles =
        [
            (Joint.RightElbow, Joint.RightShoulder, Joint.RightWrist), (Joint.LeftElbow, Joint.LeftShoulder, Joint.LeftWrist),
            (Joint.RightShoulder, Joint.RightHip, Joint.RightElbow), (Joint.LeftShoulder, Joint.LeftHip, Joint.LeftElbow),
        ];
        return [.. angles.SelectMany(angle =>
        {
            double[] seen = [.. Frames(repetition).Select(frame => Angle(repetition.Cleaned, frame, angle.At, angle.From, angle.To)).Where(double.IsFinite)];
            return seen.Length == 0 ? new[] { double.NaN, double.NaN, double.NaN } : [seen.Min(), seen.Average(), seen.Max()];
        })];
    }

    /// <summary>
    /// Where the body stands, without elbows, wrists and any motion: the mean place of the other joints over the repetition, from the hips, in torso
    /// lengths. It knows nothing of the exercise, so whatever it finds is how sessions or people differ by label.
    /// </summary>
    public static double[] NoArms(LabelledRepetition repetition)
    {
        var known = BodyFrame.TryMeasure(repetition.Cleaned, repetition.Repetition.StartFrame, repetition.Repetition.EndFrame, out var body);
        return [.. WithoutArms.SelectMany(joint =>
        {
            Keypoint[] seen = [.. Frames(repetition).Select(frame => repetition.Cleaned[frame, joint]).Where(keypoint => !keypoint.IsMissing)];
            return !known || seen.Length == 0
                ? new[] { double.NaN, double.NaN }
                : [(seen.Average(keypoint => keypoint.X) - body.HipX) / body.Torso, (seen.Average(keypoint => keypoint.Y) - body.HipY) / body.Torso];
        })];
    }

    private static IEnumerable<int> Frames(LabelledRepetition repetition) =>
        Enumerable.Range(repetition.Repetition.StartFrame, repetition.Repetition.FrameCount);

    private static double Angle(SkeletonSequence sequence, int frame, Joint at, Joint from, Joint to)
    {
        var (corner, start, end) = (sequence[frame, at], sequence[frame, from], sequence[frame, to]);
        if (corner.IsMissing || start.IsMissing || end.IsMissing)
        {
            return double.NaN;
        }

        var (x1, y1) = (start.X - corner.X, start.Y - corner.Y);
        var (x2, y2) = (end.X - corner.X, end.Y - corner.Y);
        return double.RadiansToDegrees(Math.Abs(Math.Atan2((x1 * y2) - (y1 * x2), (x1 * x2) + (y1 * y2))));
    }
}
