using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Explanation;

/// <summary>What a finding advises, in the language that is spoken.</summary>
public static class FindingSentence
{
    // Nearer than this, correct repetitions reach the ideal: degrees, and torso lengths.
    private const double IdealDegrees = 5;
    private const double IdealLength = 0.05;

    /// <summary>Says the advice of a stored finding anew: a reader may have another language than whoever handed in the clip.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="exercise">Name of the exercise.</param>
    /// <param name="view">From where the person is seen.</param>
    /// <returns>The advice; null where the finding does not hold all that it takes: a path that no measure describes, and reports of earlier versions.</returns>
    public static string? Advice(Finding finding, string exercise, View view) =>
        finding.Advice is null || MeasureCatalogue.Find(finding.Measure) is not { } measure || (finding.Arms is null && (measure.PerArm || measure.ComparesArms))
            ? null
            : Advice(measure, finding.Value < finding.Expected[0], finding.Expected, finding.Arms ?? ["right"], finding.Joint, finding.Phase, exercise, view);

    /// <summary>Says the advice.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="isLow">Whether the value lies below the good ones.</param>
    /// <param name="expected">Lowest and highest good value.</param>
    /// <param name="sides">The arms that it is about, <c>right</c> or <c>left</c>.</param>
    /// <param name="joint">Name of the joint.</param>
    /// <param name="phase">When in the repetition, see <see cref="Finding.Phase"/>.</param>
    /// <param name="exercise">Name of the exercise.</param>
    /// <param name="view">From where the person is seen.</param>
    internal static string Advice(Measure measure, bool isLow, double[] expected, IReadOnlyList<string> sides, string joint, string phase, string exercise, View view)
    {
        var side = sides.Count > 1 ? "both" : sides[0];
        var joints = sides.Count == 1 ? Texts.Get("joint." + joint) : Texts.Get($"part.{measure.Part}.both");
        return string.Format(
            Texts.Language, Sentence(measure, isLow, expected, phase, exercise, view), joints, Texts.Get("limb.arm." + side), Texts.Get("limb.hand." + side));
    }

    // What is said of this exercise before what is said of any; the ideal, such as fully straight arms, only where correct repetitions reach it; of haste both ways, both.
    private static string Sentence(Measure measure, bool isLow, double[] expected, string phase, string exercise, View view)
    {
        var key = $"finding.{measure.Name}.{(isLow ? "low" : "high")}";
        var seen = "." + view.ToString().ToLowerInvariant();
        string[] forms = ReachesIdeal(measure, expected) ? [".ideal", ""] : phase == "whole" ? [".throughout", ""] : [""];
        return ((string[])["." + exercise, ""])
            .SelectMany(own => forms.SelectMany(form => (string[])[key + form + own + seen, key + form + own]))
            .Select(Texts.Find).FirstOrDefault(text => text is not null) ?? Texts.Get(key);
    }

    private static bool ReachesIdeal(Measure measure, double[] expected)
    {
        var near = measure.Unit == "degrees" ? IdealDegrees : IdealLength;
        return measure.Ideal is { } ideal && ideal >= expected[0] - near && ideal <= expected[1] + near;
    }
}
