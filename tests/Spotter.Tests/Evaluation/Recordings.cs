using Spotter.Evaluation;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Tests.Evaluation;

/// <summary>Made-up recordings: a person seen from the side who raises and lowers the right wrist, with a chosen height and lean.</summary>
internal static class Recordings
{
    public static LabelledRepetition Press(bool correct, string session, int number = 0, double top = 1, double lean = 0.02)
    {
        const int frames = 40;
        var keypoints = new float[frames * Skeleton.JointCount * 3];
        for (var frame = 0; frame < frames; frame++)
        {
            var phase = Math.Sin(Math.PI * frame / (frames - 1));
            void Put(Joint joint, double x, double y)
            {
                var at = ((frame * Skeleton.JointCount) + (int)joint) * 3;
                (keypoints[at], keypoints[at + 1], keypoints[at + 2]) = ((float)(300 + (100 * x)), (float)(200 + (100 * y)), 0.9f);
            }

            var sway = lean * phase;
            Put(Joint.RightHip, 0, 1);
            Put(Joint.Neck, sway, 0);
            Put(Joint.Nose, 0.1 + sway, -0.2);
            Put(Joint.RightShoulder, sway, 0.02);
            var bend = Math.PI * (0.35 + (0.15 * top * phase)); // half the elbow angle
            var upper = 0.35;
            Put(Joint.RightElbow, sway + (0.3 * (1 - phase)), 0.02 + (upper * Math.Cos(Math.PI * phase)));
            Put(Joint.RightWrist, sway + (0.3 * (1 - phase)), 0.02 + (upper * Math.Cos(Math.PI * phase)) - (2 * upper * Math.Sin(bend) * 0.5));
        }

        var sequence = SkeletonSequence.AtConstantRate(keypoints, 30);
        var clip = new RecordedClip
        {
            Name = $"{session}/{(correct ? "good" : "bad")}-{number}",
            Exercise = "shoulder-press",
            Correct = correct,
            Session = session,
            Keypoints = sequence,
        };
        var cleaned = SkeletonCleaning.Clean(sequence);
        return new LabelledRepetition(clip, cleaned, ViewEstimator.Estimate(cleaned), new Repetition(0, frames / 2, frames));
    }
}
