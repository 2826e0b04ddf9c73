using System.Text.Json.Serialization;

namespace Spotter.Skeletons;

/// <summary>The person's own right or left.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BodySide>))]
public enum BodySide
{
    /// <summary>The person's right.</summary>
    [JsonStringEnumMemberName("right")]
    Right,

    /// <summary>The person's left.</summary>
    [JsonStringEnumMemberName("left")]
    Left,
}

/// <summary>Joints by side.</summary>
public static class BodySides
{
    /// <summary>Both, right first.</summary>
    public static IReadOnlyList<BodySide> Both { get; } = [BodySide.Right, BodySide.Left];

    /// <summary>The joint of this side, given either it or its mirror; joints in the middle stay.</summary>
    public static Joint Of(this BodySide side, Joint joint)
    {
        var mirror = joint.Mirror();
        var right = (Joint)Math.Min((int)joint, (int)mirror);
        return side == BodySide.Right ? right : right.Mirror();
    }

    /// <summary>The other side.</summary>
    public static BodySide Other(this BodySide side) => side == BodySide.Right ? BodySide.Left : BodySide.Right;
}
