using Spotter.Skeletons;

namespace Spotter.Packs;

/// <summary>
/// The joints that the network is shown. Where the correct repetitions of a view were filmed without legs, legs say nothing about the form:
/// a person filmed with legs must not look odd for having them.
/// </summary>
public sealed class JointMask
{
    // Nearly all correct repetitions must show a joint for its absence or presence to mean anything.
    private const double MinimumShare = 0.8;

    private readonly bool[] shown = new bool[Skeleton.JointCount];

    /// <summary>Shows the joints named.</summary>
    /// <exception cref="ArgumentException">A name is no joint's.</exception>
    public JointMask(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (!Skeleton.TryParse(name, out var joint))
            {
                throw new ArgumentException($"\"{name}\" is no joint.", nameof(names));
            }

            shown[(int)joint] = true;
        }
    }

    /// <summary>Names of the joints shown.</summary>
    public IReadOnlyList<string> Names => [.. Enum.GetValues<Joint>().Where(joint => shown[(int)joint]).Select(joint => joint.Name())];

    /// <summary>Finds the joints that nearly all repetitions show.</summary>
    /// <param name="inputs">Network inputs, each 3 × T × 18.</param>
    public static JointMask Fit(IReadOnlyList<float[]> inputs) => new(Enum.GetValues<Joint>()
        .Where(joint => inputs.Count(input => Confidence(input, joint) > 0) >= MinimumShare * inputs.Count)
        .Select(joint => joint.Name()));

    /// <summary>The input with the other joints missing.</summary>
    /// <param name="input">3 × T × 18; not changed.</param>
    public float[] Apply(float[] input)
    {
        var masked = (float[])input.Clone();
        for (var at = 0; at < masked.Length; at++)
        {
            masked[at] = shown[at % Skeleton.JointCount] ? masked[at] : 0;
        }

        return masked;
    }

    // Cleaning makes a joint missing in all frames or in none.
    private static float Confidence(float[] input, Joint joint) => input[(2 * input.Length / 3) + (int)joint];
}
