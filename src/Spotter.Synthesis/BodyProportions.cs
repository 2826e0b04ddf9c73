namespace Spotter.Synthesis;

/// <summary>
/// Lengths of the mannequin's segments in metres, between joint centres. The averages follow de Leva, "Adjustments to
/// Zatsiorsky-Seluyanov's segment inertia parameters", Journal of Biomechanics 29 (1996), with the places of hips, shoulders, elbows and
/// face moved by a few per cent to where pose estimators see them.
/// </summary>
public sealed record BodyProportions
{
    /// <summary>Body height, metres.</summary>
    public required double Stature { get; init; }

    /// <summary>Middle of the hips to middle of the shoulders at rest.</summary>
    public required double Trunk { get; init; }

    /// <summary>Shoulder to shoulder.</summary>
    public required double ShoulderWidth { get; init; }

    /// <summary>Hip to hip.</summary>
    public required double HipWidth { get; init; }

    /// <summary>Shoulder to elbow.</summary>
    public required double UpperArm { get; init; }

    /// <summary>Elbow to wrist.</summary>
    public required double Forearm { get; init; }

    /// <summary>Hip to knee.</summary>
    public required double Thigh { get; init; }

    /// <summary>Knee to ankle.</summary>
    public required double Shank { get; init; }

    /// <summary>Floor to ankle.</summary>
    public required double AnkleHeight { get; init; }

    /// <summary>Size of the head relative to the trunk; 1 is the average.</summary>
    public required double HeadScale { get; init; }

    /// <summary>The average person, 1.73 m tall.</summary>
    public static BodyProportions Average { get; } = Scaled(1.73, 1, 1, 1, 1, 1, 1);

    /// <summary>A person drawn at random: 1.55 to 1.95 m tall, with segments that differ by a few per cent.</summary>
    public static BodyProportions Sample(SeededRandom random) => Scaled(
        Math.Clamp(1.73 + (0.085 * random.Normal()), 1.55, 1.95),
        Vary(random, 0.03),
        Vary(random, 0.05),
        Vary(random, 0.04),
        Vary(random, 0.04),
        Vary(random, 0.03),
        Vary(random, 0.04));

    private static double Vary(SeededRandom random, double deviation) => 1 + (deviation * Math.Clamp(random.Normal(), -2, 2));

    private static BodyProportions Scaled(double stature, double trunk, double width, double upperArm, double forearm, double leg, double head) => new()
    {
        Stature = stature,
        Trunk = stature * 0.296 * trunk,
        ShoulderWidth = stature * 0.166 * width,
        HipWidth = stature * 0.115 * width,
        UpperArm = stature * 0.157 * upperArm,
        Forearm = stature * 0.139 * forearm,
        Thigh = stature * 0.240 * leg,
        Shank = stature * 0.244 * leg,
        AnkleHeight = stature * 0.045,
        HeadScale = head,
    };
}
