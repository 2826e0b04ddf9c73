using System.Text.Json.Serialization;

namespace Spotter.Skeletons;

/// <summary>From where the camera sees the person.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<View>))]
public enum View
{
    /// <summary>The person faces the camera (within about 30°).</summary>
    [JsonStringEnumMemberName("front")]
    Front,

    /// <summary>The person stands side-on (within about 35°).</summary>
    [JsonStringEnumMemberName("side")]
    Side,

    /// <summary>In between.</summary>
    [JsonStringEnumMemberName("diagonal")]
    Diagonal,
}
