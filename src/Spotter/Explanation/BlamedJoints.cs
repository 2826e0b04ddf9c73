using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Explanation;

/// <summary>Which joints a cause is about.</summary>
internal static class BlamedJoints
{
    private static readonly Joint[] All = Enum.GetValues<Joint>();
    private static readonly Joint[] Trunk = [.. All.Where(joint => joint is < Joint.RightHip or > Joint.LeftAnkle)];

    /// <summary>The arms that lie outside the band, the worse one first; the near side for a cause of the whole body.</summary>
    public static IReadOnlyList<BodySide> Sides(Cause cause, JudgedRepetition judged)
    {
        if (cause.Measure.ComparesArms)
        {
            return [BodySides.Both.MaxBy(side => judged.Measures[cause.Measure.Name, side])];
        }

        if (!cause.Measure.PerArm)
        {
            return [judged.View.NearSide];
        }

        BodySide[] outside = [.. BodySides.Both.Where(side => Excess(side) > 0).OrderByDescending(Excess)];
        return outside.Length > 0 ? outside : [.. BodySides.Both.Where(side => !double.IsNaN(Excess(side))).Take(1)];

        double Excess(BodySide side)
        {
            var value = judged.Measures[cause.Measure.Name, side];
            return cause.IsLow ? cause.Band.Low - value : value - cause.Band.High;
        }
    }

    /// <summary>The joint to point at.</summary>
    public static Joint First(Cause cause, IReadOnlyList<BodySide> sides) =>
        BodyPart.TryParse(cause.Measure.Part, out var joint) ? sides[0].Of(joint) : Joint.Neck;

    /// <summary>All joints whose path the cause bends.</summary>
    public static IReadOnlyList<Joint> Moved(Cause cause, IReadOnlyList<BodySide> sides) => cause.Measure.Part switch
    {
        "elbow" or "wrist" => [.. sides.SelectMany(side => (Joint[])[side.Of(Joint.RightElbow), side.Of(Joint.RightWrist)])],
        "neck" or "shoulder" => Trunk,
        _ => All,
    };
}
