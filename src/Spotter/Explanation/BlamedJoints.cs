using Spotter.Skeletons;

namespace Spotter.Explanation;

/// <summary>Which joints a cause is about.</summary>
internal static class BlamedJoints
{
    private static readonly Joint[] All = Enum.GetValues<Joint>();
    private static readonly Joint[] Trunk = [.. All.Where(joint => joint is < Joint.RightHip or > Joint.LeftAnkle)];

    /// <summary>The joint to point at.</summary>
    public static Joint First(Cause cause) => BodyPart.TryParse(cause.Measure.Part, out var joint) ? cause.Sides[0].Of(joint) : Joint.Neck;

    /// <summary>That joint of every arm that the cause is about.</summary>
    public static IEnumerable<Joint> Pointed(Cause cause) => cause.Sides.Count > 1 ? [First(cause), First(cause).Mirror()] : [First(cause)];

    /// <summary>All joints whose path the cause bends.</summary>
    public static IReadOnlyList<Joint> Moved(Cause cause) => cause.Measure.Part switch
    {
        "elbow" or "wrist" => [.. cause.Sides.SelectMany(side => (Joint[])[side.Of(Joint.RightElbow), side.Of(Joint.RightWrist)])],
        "neck" or "shoulder" => Trunk,
        _ => All,
    };

    /// <summary>All joints of which there is no more to say than the cause does: those it moves, and from the side the far arm's, which is a guess there.</summary>
    public static IEnumerable<Joint> Bent(Cause cause, View view) =>
        view == View.Side ? Moved(cause).SelectMany(joint => (Joint[])[joint, joint.Mirror()]) : Moved(cause);
}
