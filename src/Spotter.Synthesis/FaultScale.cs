namespace Spotter.Synthesis;

/// <summary>How a kind of fault is named and measured.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The name on the command line, such as <c>no-lockout</c>.</param>
/// <param name="Unit">What the size counts.</param>
/// <param name="Neutral">The size that is no fault at all.</param>
/// <param name="Coach">The size that a coach would call wrong: the severity 1.</param>
/// <param name="Largest">The largest size that the mannequin can take.</param>
/// <param name="Sided">Whether the fault can be given one side; those that need one (asymmetry, late side) take the right where none is given.</param>
public sealed record FaultScale(FaultKind Kind, string Name, string Unit, double Neutral, double Coach, double Largest, bool Sided)
{
    /// <summary>All kinds in the order of <see cref="FaultKind"/>.</summary>
    public static IReadOnlyList<FaultScale> All { get; } =
    [
        new(FaultKind.NoLockout, "no-lockout", "degrees", 0, 20, 60, Sided: true),
        new(FaultKind.ShortBottom, "short-bottom", "degrees", 0, 20, 50, Sided: true),
        new(FaultKind.ElbowsLow, "elbows-low", "degrees", 0, 20, 60, Sided: true),
        new(FaultKind.ElbowsForward, "elbows-forward", "degrees", 0, 30, 80, Sided: true),
        new(FaultKind.ElbowFlare, "elbow-flare", "degrees", 0, 25, 60, Sided: true),
        new(FaultKind.LeanBack, "lean-back", "degrees", 0, 10, 40, Sided: false),
        new(FaultKind.Sway, "sway", "degrees", 0, 8, 40, Sided: false),
        new(FaultKind.Asymmetry, "asymmetry", "degrees", 0, 15, 60, Sided: true),
        new(FaultKind.LateSide, "late-side", "fraction", 0, 0.1, 0.4, Sided: true),
        new(FaultKind.KneeDrive, "knee-drive", "degrees", 0, 20, 70, Sided: false),
        new(FaultKind.WristOff, "wrist-off", "degrees", 0, 20, 60, Sided: true),
        new(FaultKind.Bounce, "bounce", "fraction", 0, 0.15, 0.6, Sided: false),
        new(FaultKind.Rush, "rush", "times", 1, 1.8, 5, Sided: false),
        new(FaultKind.ShortTop, "short-top", "degrees", 0, 20, 60, Sided: true),
        new(FaultKind.ShortRise, "short-rise", "fraction", 0, 0.3, 0.9, Sided: true),
        new(FaultKind.LeanForward, "lean-forward", "degrees", 0, 10, 40, Sided: false),
    ];

    /// <summary>The scale of one kind.</summary>
    public static FaultScale Of(FaultKind kind) => All[(int)kind];

    /// <summary>The size that has the given severity: 0 is no fault, 1 what a coach would call wrong.</summary>
    public double SizeAt(double severity) => Math.Min(Neutral + (severity * (Coach - Neutral)), Largest);

    /// <summary>The severity of a size: 0 is no fault, 1 what a coach would call wrong.</summary>
    public double SeverityOf(double size) => (size - Neutral) / (Coach - Neutral);
}
