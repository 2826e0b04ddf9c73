namespace Spotter.Skeletons;

/// <summary>Joints named without their side, such as <c>wrist</c>.</summary>
public static class BodyPart
{
    private const string RightPrefix = "right-";

    /// <summary>Finds the right-hand joint of a part of the body, or the joint itself where there is only one (<c>neck</c>, <c>nose</c>).</summary>
    public static bool TryParse(string name, out Joint joint) =>
        Skeleton.TryParse(RightPrefix + name, out joint) || (Skeleton.TryParse(name, out joint) && joint.Mirror() == joint);

    /// <summary>The name of a joint without its side.</summary>
    public static string Name(Joint joint)
    {
        var right = BodySide.Right.Of(joint).Name();
        return right.StartsWith(RightPrefix, StringComparison.Ordinal) ? right[RightPrefix.Length..] : right;
    }
}
