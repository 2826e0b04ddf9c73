using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Synthesis;

/// <summary>Turns exact joints into what an estimator would report: jittering, displaced, guessed where hidden, lost now and then.</summary>
internal sealed class EstimatedKeypoints
{
    private readonly EstimatorNoise noise;
    private readonly SeededRandom random;
    private readonly double trunkPixels;
    private readonly double frameSeconds;
    private readonly Vector2[] offset = new Vector2[Skeleton.JointCount];
    private readonly Vector2[] jitter = new Vector2[Skeleton.JointCount];
    private readonly Vector2[] aim = new Vector2[Skeleton.JointCount];
    private readonly Vector2[] guess = new Vector2[Skeleton.JointCount];
    private readonly bool[] reportsHidden = new bool[Skeleton.JointCount];
    private readonly double[] lostUntil = new double[Skeleton.JointCount];
    private readonly double[] confidenceOffset = new double[Skeleton.JointCount];

    public EstimatedKeypoints(EstimatorNoise noise, SeededRandom random, double trunkPixels, double framesPerSecond)
    {
        this.noise = noise;
        this.random = random;
        this.trunkPixels = trunkPixels;
        frameSeconds = 1 / framesPerSecond;
        for (var joint = 0; joint < Skeleton.JointCount; joint++)
        {
            offset[joint] = Draw(noise.Offset);
            jitter[joint] = Draw(noise.Jitter * Reach((Joint)joint));
            aim[joint] = Draw(noise.HiddenError * Guess((Joint)joint));
            guess[joint] = aim[joint];
            var lost = random.Chance(noise.HiddenMissing * Guess((Joint)joint)) || (noise.LosesHiddenFace && IsFace((Joint)joint));
            reportsHidden[joint] = !lost;
            confidenceOffset[joint] = 0.05 * random.Normal() * (1 - noise.SeenConfidence);
        }
    }

    /// <summary>The keypoint reported for a joint in the next frame.</summary>
    public Keypoint Report(Joint joint, Vector2 exact, bool hidden, bool outside, double seconds)
    {
        var at = (int)joint;
        jitter[at] = Step(jitter[at], noise.Jitter * Reach(joint), noise.JitterSeconds);
        aim[at] = Step(aim[at], noise.HiddenError * Guess(joint), 1);
        guess[at] += (float)(1 - Math.Exp(-frameSeconds / 0.25)) * (aim[at] - guess[at]);
        var inFrame = Draw(noise.FrameJitter * Reach(joint));
        var spread = random.Normal();
        if (random.Chance(noise.DropoutsPerMinute / 60 * frameSeconds))
        {
            lostUntil[at] = seconds + (noise.DropoutSeconds * -Math.Log(1 - random.Uniform()));
        }

        if ((outside && noise.LosesOutside) || seconds < lostUntil[at] || (hidden && !reportsHidden[at]))
        {
            return Keypoint.Missing;
        }

        var seen = exact + offset[at] + jitter[at] + inFrame + (hidden ? guess[at] : Vector2.Zero);
        var mean = hidden ? noise.HiddenConfidence : noise.SeenConfidence;
        var confidence = Math.Clamp(mean + confidenceOffset[at] + (spread * (1 - mean) * 0.25), 0.05, 1);
        return new Keypoint(seen.X, seen.Y, (float)confidence);
    }

    // Arms move and jitter most; the still legs least.
    private static double Reach(Joint joint) => joint switch
    {
        Joint.RightWrist or Joint.LeftWrist => 1.6,
        Joint.RightElbow or Joint.LeftElbow => 1.3,
        Joint.RightKnee or Joint.LeftKnee or Joint.RightAnkle or Joint.LeftAnkle => 0.4,
        _ when IsFace(joint) => 0.6,
        _ => 0.8,
    };

    // A hidden shoulder, hip or leg is easily told from the visible side; an arm is not.
    private static double Guess(Joint joint) => joint is Joint.RightElbow or Joint.RightWrist or Joint.LeftElbow or Joint.LeftWrist ? 1 : 0.3;

    private static bool IsFace(Joint joint) => joint is Joint.Nose or Joint.RightEye or Joint.LeftEye or Joint.RightEar or Joint.LeftEar;

    private Vector2 Draw(double deviation) => new(
        (float)(deviation * trunkPixels * random.Normal()), (float)(deviation * trunkPixels * random.Normal()));

    private Vector2 Step(Vector2 state, double deviation, double correlationSeconds)
    {
        var keep = Math.Exp(-frameSeconds / correlationSeconds);
        return ((float)keep * state) + Draw(deviation * Math.Sqrt(1 - (keep * keep)));
    }
}
