using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Explanation;

/// <summary>What a finding advises, as a sentence for any language.</summary>
public static class FindingSentence
{
    // Nearer than this, correct repetitions reach the ideal: degrees, and torso lengths.
    private const double IdealDegrees = 5;
    private const double IdealLength = 0.05;

    /// <summary>The advice of a stored finding, to be said anew: a reader may have another language than whoever handed in the clip.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="exercise">Name of the exercise.</param>
    /// <param name="view">From where the person is seen.</param>
    /// <returns>The advice; null where the finding does not hold all that it takes: reports of earlier versions.</returns>
    public static Sentence? Of(Finding finding, string exercise, View view) =>
        finding.Said is not null ? finding.Said
        : finding.Advice is null || MeasureCatalogue.Find(finding.Measure) is not { } measure || (finding.Arms is null && (measure.PerArm || measure.ComparesArms))
            ? null
            : Of(measure, finding.Value < finding.Expected[0], finding.Expected, finding.Arms ?? ["right"], finding.Joint, finding.Phase, exercise, view);

    /// <summary>The advice.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="isLow">Whether the value lies below the good ones.</param>
    /// <param name="expected">Lowest and highest good value.</param>
    /// <param name="sides">The arms that it is about, <c>right</c> or <c>left</c>.</param>
    /// <param name="joint">Name of the joint.</param>
    /// <param name="phase">When in the repetition, see <see cref="Finding.Phase"/>.</param>
    /// <param name="exercise">Name of the exercise.</param>
    /// <param name="view">From where the person is seen.</param>
    internal static Sentence Of(Measure measure, bool isLow, double[] expected, IReadOnlyList<string> sides, string joint, string phase, string exercise, View view)
    {
        var side = sides.Count > 1 ? "both" : sides[0];
        var joints = sides.Count == 1 ? "joint." + joint : $"part.{measure.Part}.both";
        return new Sentence(
            Key(measure, isLow, expected, phase, exercise, view), SentencePart.Names(joints), SentencePart.Names("limb.arm." + side), SentencePart.Names("limb.hand." + side));
    }

    // What is said of this exercise before what is said of any; the ideal, such as fully straight arms, only where correct repetitions reach it; of haste both ways, both.
    private static string Key(Measure measure, bool isLow, double[] expected, string phase, string exercise, View view)
    {
        var key = $"finding.{measure.Name}.{(isLow ? "low" : "high")}";
        var seen = "." + view.ToString().ToLowerInvariant();
        string[] forms = ReachesIdeal(measure, expected) ? [".ideal", ""] : phase == "whole" ? [".throughout", ""] : [""];
        return ((string[])["." + exercise, ""])
            .SelectMany(own => forms.SelectMany(form => (string[])[key + form + own + seen, key + form + own]))
            .FirstOrDefault(form => Texts.Find(form) is not null) ?? key;
    }

    private static bool ReachesIdeal(Measure measure, double[] expected)
    {
        var near = measure.Unit == "degrees" ? IdealDegrees : IdealLength;
        return measure.Ideal is { } ideal && ideal >= expected[0] - near && ideal <= expected[1] + near;
    }
}
