using Spotter.Measures;

namespace Spotter.Explanation;

/// <summary>
/// Which measures tell the same thing: one cause is said once. A movement that is too short is short at its far end or at its near one, and the range tells either;
/// what one arm alone does at the top is also a difference between the arms.
/// </summary>
internal static class CauseGroups
{
    private const string FarEnd = "far end", NearEnd = "near end", Sinking = "sinking", Trunk = "trunk", Legs = "legs", UpperArm = "upper arm", Elbow = "place of the elbow",
        Forearm = "forearm", Arms = "arms differ", Tempo = "tempo", Hand = "path of the hand";

    private static readonly Dictionary<string, (string[] Low, string[] High)> Known = new(StringComparer.Ordinal)
    {
        ["elbow-extension-degrees"] = ([FarEnd], []),
        ["elbow-flexion-degrees"] = ([Sinking], [NearEnd]),
        ["elbow-height-bottom"] = ([Sinking], [NearEnd]),
        ["elbow-height-top"] = ([FarEnd], []),
        ["elbow-rise"] = ([FarEnd, NearEnd], [Sinking, UpperArm]),
        ["wrist-height-bottom"] = ([Sinking], [NearEnd]),
        ["wrist-height-top"] = ([FarEnd], []),
        ["range-of-motion"] = ([FarEnd, NearEnd], []),
        ["shoulder-rise"] = ([FarEnd], []),
        ["elbow-forward"] = ([Elbow], [Elbow]),
        ["elbow-neck-offset"] = ([Elbow], [Elbow]),
        ["elbow-flare"] = ([Elbow], [Elbow]),
        ["forearm-tilt-bottom-degrees"] = ([Forearm], [Forearm]),
        ["forearm-tilt-degrees"] = ([Forearm], [Forearm]),
        ["wrist-offset-top"] = ([Hand], [Hand]),
        ["wrist-path"] = ([], [Hand]),
        ["upper-arm-swing-degrees"] = ([], [UpperArm]),
        ["asymmetry-degrees"] = ([], [Arms]),
        ["height-difference"] = ([], [Arms]),
        ["trunk-lean-degrees"] = ([], [Trunk]),
        ["trunk-sway-degrees"] = ([], [Trunk]),
        ["trunk-rocking-degrees"] = ([], [Trunk]),
        ["trunk-from-upright-degrees"] = ([], [Trunk]),
        ["knee-drive-degrees"] = ([], [Legs]),
        ["hip-travel"] = ([], [Legs]),
        ["seconds-up"] = ([Tempo], []),
        ["seconds-down"] = ([Tempo], []),
    };

    // Of these, too low and too high are opposite things to change, and one place to look at in one repetition.
    private static readonly string[] TwoWay = [Elbow, Forearm, Hand];

    /// <summary>The groups of a value on one side of its band; a measure that stands alone is a group of its own.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="isLow">Whether it lies below the band.</param>
    /// <param name="ofOneArm">Whether one arm alone lies outside.</param>
    public static IReadOnlyList<string> Of(Measure measure, bool isLow, bool ofOneArm)
    {
        var groups = Known.TryGetValue(measure.Name, out var known) ? isLow ? known.Low : known.High : [];
        return groups.Length == 0 ? [measure.Name] : ofOneArm && groups.Contains(FarEnd) ? [.. groups, Arms] : groups;
    }

    /// <summary>Whether two measures, each on one side of its band, ask for the same change: in two repetitions one sentence does for both.</summary>
    public static bool AreSame((Measure Measure, bool IsLow, bool OfOneArm) one, (Measure Measure, bool IsLow, bool OfOneArm) other)
    {
        if (one.Measure == other.Measure)
        {
            return one.IsLow == other.IsLow;
        }

        return Groups(one).Intersect(Groups(other), StringComparer.Ordinal).Any(group => one.IsLow == other.IsLow || !TwoWay.Contains(group));

        static IReadOnlyList<string> Groups((Measure Measure, bool IsLow, bool OfOneArm) of) => Of(of.Measure, of.IsLow, of.OfOneArm && of.Measure.PerArm);
    }
}
