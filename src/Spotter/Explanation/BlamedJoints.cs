using Spotter.Skeletons;

namespace Spotter.Explanation;

/// <summary>Which joints a cause is about.</summary>
internal static class BlamedJoints
{
    private static readonly Joint[] All = Enum.GetValues<Joint>();
    private static readonly Joint[] Trunk = [.. All.Where(joint => joint is < Joint.RightHip or > Joint.LeftAnkle)];

    /// <summary>The joint to point at.</summary>
    public static Joint First(Cause cause) => BodyPart.TryParse(cause.Measure.Part, out var joint) ? cause.Sides[0].Of(joint) : Joint.Neck;

    /// <summary>All joints whose path the cause bends.</summary>
    public static IReadOnlyList<Joint> Moved(Cause cause) => cause.Measure.Part switch
    {
        "elbow" or "wrist" => [.. cause.Sides.SelectMany(side => (Joint[])[side.Of(Joint.RightElbow), side.Of(Joint.RightWrist)])],
        "neck" or "shoulder" => Trunk,
        _ => All,
    };
}
