using System.Text.Json.Serialization;

namespace Spotter.Synthesis;

/// <summary>What is lifted; in a press it decides how low the elbows go and how far they straighten.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Equipment>))]
public enum Equipment
{
    /// <summary>A barbell pressed from the collarbones: elbows well below the shoulders at the bottom, straight at the top.</summary>
    [JsonStringEnumMemberName("barbell")]
    Barbell,

    /// <summary>Two dumbbells; pressed from ear height: elbows just below the shoulders at the bottom, softly straightened at the top.</summary>
    [JsonStringEnumMemberName("dumbbells")]
    Dumbbells,

    /// <summary>A short bar on a cable that comes from above.</summary>
    [JsonStringEnumMemberName("cable-bar")]
    CableBar,
}
