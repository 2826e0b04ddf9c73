using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Synthesis;

/// <summary>The mannequin: sets of an exercise with graded faults whose every joint is known exactly.</summary>
public static class Mannequin
{
    /// <summary>Synthesises a set as keypoints; no picture is drawn.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static MannequinSequence Synthesize(MannequinOptions options)
    {
        var motion = new SetMotion(options);
        var camera = Camera.Frame(motion, options);
        var frames = Math.Max((int)Math.Floor(motion.Timeline.DurationSeconds * options.FramesPerSecond), 1);
        var joints = new Vector3[frames][];
        var exact = new float[frames * Skeleton.JointCount * 3];
        var reported = new float[exact.Length];
        EstimatedKeypoints? estimator = null;
        for (var frame = 0; frame < frames; frame++)
        {
            var seconds = frame / options.FramesPerSecond;
            var pose = motion.PoseAt(seconds);
            joints[frame] = pose.ToArray();
            estimator ??= new EstimatedKeypoints(
                options.Noise, SeededRandom.For(options.NoiseSeed, "noise"), TrunkPixels(camera, pose), options.FramesPerSecond);
            for (var joint = 0; joint < Skeleton.JointCount; joint++)
            {
                var at = ((frame * Skeleton.JointCount) + joint) * 3;
                var seen = camera.Project(joints[frame][joint]);
                (exact[at], exact[at + 1], exact[at + 2]) = (seen.X, seen.Y, 1);
                if (options.Noise == EstimatorNoise.None)
                {
                    continue;
                }

                var outside = seen.X < 0 || seen.Y < 0 || seen.X >= options.Width || seen.Y >= options.Height;
                if (joint == (int)Joint.Neck && options.Noise.NeckForward > 0)
                {
                    var forward = new Vector3(0, 0, (float)(options.Noise.NeckForward * motion.Body.Trunk));
                    seen = camera.Project(joints[frame][joint] + Vector3.Transform(forward, pose.Trunk));
                }

                var hidden = Occlusion.Hides(pose, (Joint)joint, camera.Position);
                var keypoint = estimator.Report((Joint)joint, seen, hidden, outside, seconds);
                (reported[at], reported[at + 1], reported[at + 2]) = (keypoint.X, keypoint.Y, keypoint.Confidence);
            }
        }

        var truth = SkeletonSequence.AtConstantRate(exact, options.FramesPerSecond, options.Width, options.Height);
        var sequence = options.Noise == EstimatorNoise.None
            ? truth
            : SkeletonSequence.AtConstantRate(reported, options.FramesPerSecond, options.Width, options.Height);
        return new MannequinSequence(options, motion, camera, sequence, truth, joints);
    }

    private static double TrunkPixels(Camera camera, BodyPose pose) =>
        camera.FocalPixels * Vector3.Distance(pose.ShoulderLine, (pose[Joint.RightHip] + pose[Joint.LeftHip]) / 2)
        / camera.ToCamera(pose.ShoulderLine).Z;
}
