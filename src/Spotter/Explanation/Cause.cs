using Spotter.Measures;

namespace Spotter.Explanation;

/// <summary>One thing that is wrong, and the measure that shows it best.</summary>
/// <param name="Name">The kind of fault, or else part of the body and phase.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Band">Where it lies in correct repetitions.</param>
/// <param name="Value">Its value.</param>
/// <param name="Effect">What the fault does to all measures, by name, in the size it has here; empty where that is not known.</param>
internal sealed record Cause(string Name, Measure Measure, MeasureBand Band, double Value, IReadOnlyDictionary<string, double> Effect)
{
    /// <summary>Whether the value lies below the band.</summary>
    public bool IsLow => Value < Band.Low;
}
