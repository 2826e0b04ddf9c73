using Spotter.Exercises;
using Spotter.Skeletons;

namespace Spotter.Packs;

/// <summary>The path of the joints in correct repetitions: mean and spread of the normalised network input, see <see cref="SkeletonNormalization"/>.</summary>
public sealed record PathTemplate
{
    /// <summary>Mean input, 3 × T × 18.</summary>
    public required float[] Mean { get; init; }

    /// <summary>For each joint, the distance from the mean path (averaged over the frames) that 95 % of correct repetitions keep, in torso lengths; 18.</summary>
    public required float[] Reach { get; init; }

    /// <summary>Learns the path.</summary>
    /// <param name="inputs">Correct repetitions, each 3 × T × 18; at least one.</param>
    public static PathTemplate Fit(IReadOnlyList<float[]> inputs)
    {
        var mean = new float[inputs[0].Length];
        foreach (var input in inputs)
        {
            for (var at = 0; at < mean.Length; at++)
            {
                mean[at] += input[at] / inputs.Count;
            }
        }

        var reach = new float[Skeleton.JointCount];
        foreach (var joint in Enum.GetValues<Joint>())
        {
            double[] distances = [.. inputs.Select(input => Distance(input, mean, joint)).Order()];
            reach[(int)joint] = Rounded(distances[(int)Math.Ceiling(0.95 * distances.Length) - 1]);
        }

        return new PathTemplate { Mean = Array.ConvertAll(mean, value => Rounded(value)), Reach = reach };
    }

    /// <summary>Mean distance of a joint from its mean path over the repetition, in torso lengths.</summary>
    public double DistanceFromMean(ReadOnlySpan<float> input, Joint joint) => Distance(input, Mean, joint);

    /// <summary>Distance of a joint from its mean path in one frame, in torso lengths.</summary>
    public double DistanceFromMean(ReadOnlySpan<float> input, Joint joint, int frame) =>
        Gap(input, Mean, (frame * Skeleton.JointCount) + (int)joint, input.Length / 3);

    /// <summary>How far the signal of the exercise goes on the mean path, in torso lengths; null for an angle.</summary>
    public double? Swing(RepetitionSignal signal)
    {
        if (signal.Kind != SignalKind.Height || !BodyPart.TryParse(signal.Joint, out var joint) || !BodyPart.TryParse(signal.Reference!, out var reference))
        {
            return null;
        }

        var (plane, heights) = (Mean.Length / 3, new List<float>());
        for (var row = plane; row < 2 * plane; row += Skeleton.JointCount)
        {
            heights.Add(Mean[row + (int)reference] - Mean[row + (int)joint]);
        }

        return (heights.Max() - heights.Min()) / SkeletonNormalization.TorsoHeight;
    }

    private static double Distance(ReadOnlySpan<float> input, ReadOnlySpan<float> mean, Joint joint)
    {
        var plane = input.Length / 3; // T × V
        var (sum, frames) = (0.0, plane / Skeleton.JointCount);
        for (var at = (int)joint; at < plane; at += Skeleton.JointCount)
        {
            sum += Gap(input, mean, at, plane);
        }

        return sum / frames;
    }

    private static double Gap(ReadOnlySpan<float> input, ReadOnlySpan<float> mean, int at, int plane) => double.Hypot(
        (input[at] - mean[at]) / SkeletonNormalization.TorsoWidth, (input[plane + at] - mean[plane + at]) / SkeletonNormalization.TorsoHeight);

    private static float Rounded(double value) => (float)Math.Round(value, 5);
}
