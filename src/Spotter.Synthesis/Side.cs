using System.Text.Json.Serialization;

namespace Spotter.Synthesis;

/// <summary>One side of the body, the person's own.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Side>))]
public enum Side
{
    /// <summary>The person's right.</summary>
    [JsonStringEnumMemberName("right")]
    Right,

    /// <summary>The person's left.</summary>
    [JsonStringEnumMemberName("left")]
    Left,
}
