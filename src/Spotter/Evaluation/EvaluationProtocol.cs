using System.Text.Json.Serialization;

namespace Spotter.Evaluation;

/// <summary>How repetitions are divided into those that are learnt from and those that are judged.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvaluationProtocol>))]
public enum EvaluationProtocol
{
    /// <summary>Whole recording sessions are held out: the honest figure for a new recording.</summary>
    [JsonStringEnumMemberName("grouped")]
    Grouped,

    /// <summary>Two thirds of the correct repetitions train, sessions lie on both sides: flattering, and what is often published.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>One data set trains, another tests.</summary>
    [JsonStringEnumMemberName("cross")]
    Cross,
}
