using Spotter.Skeletons;

namespace Spotter.Measures;

/// <summary>The values of all measures on one repetition.</summary>
public sealed class MeasureVector
{
    private readonly Dictionary<string, MeasureValue> values;

    internal MeasureVector(View view, Dictionary<string, MeasureValue> values)
    {
        View = view;
        this.values = values;
    }

    /// <summary>The view in which they were taken.</summary>
    public View View { get; }

    /// <summary>The value of a measure: for arms the mean of those that count in the view; NaN where it cannot be measured.</summary>
    /// <exception cref="KeyNotFoundException">There is no such measure.</exception>
    public double this[string name] => values[name].Value;

    /// <summary>
    /// The value of a measure on one arm (of any side for a measure of the whole body; of a difference between the arms, by how much this arm is the worse
    /// one, below 0 for the better one); NaN where it cannot be measured.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such measure.</exception>
    public double this[string name, BodySide side] => side == BodySide.Right ? values[name].Right : values[name].Left;

    /// <summary>All values of a measure: one for the body, or one for each arm that counts in the view; none where it cannot be measured.</summary>
    /// <exception cref="KeyNotFoundException">There is no such measure.</exception>
    public IEnumerable<double> Values(string name)
    {
        var value = values[name];
        double[] all = MeasureCatalogue.Get(name).PerArm ? [value.Right, value.Left] : [value.Value];
        return all.Where(number => !double.IsNaN(number));
    }

    /// <summary>The same without what is measured in seconds: in slow motion these are not the body's.</summary>
    public MeasureVector WithoutTempo() =>
        new(View, values.ToDictionary(pair => pair.Key, pair => MeasureCatalogue.Get(pair.Key).IsTempo ? MeasureValue.None : pair.Value, StringComparer.Ordinal));

    /// <summary>The values of some measures in the given order: what the one-class SVM sees.</summary>
    /// <exception cref="KeyNotFoundException">There is no such measure.</exception>
    public double[] Select(IReadOnlyList<string> names) => [.. names.Select(name => this[name])];
}

/// <summary>The value of one measure.</summary>
/// <param name="Value">Of the body, or the mean of the arms that count.</param>
/// <param name="Right">Of the right arm; the same as <paramref name="Value"/> for a measure of the whole body, with its sign for a difference of the arms.</param>
/// <param name="Left">Of the left arm; the same as <paramref name="Value"/> for a measure of the whole body, with its sign for a difference of the arms.</param>
public readonly record struct MeasureValue(double Value, double Right, double Left)
{
    /// <summary>A measure that cannot be taken.</summary>
    public static MeasureValue None { get; } = new(double.NaN, double.NaN, double.NaN);
}
