using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Measures;

/// <summary>Writes values of measures for people: what a sign means is said in words, and of a measure that is wrong on one side only that end of the good range.</summary>
public static class MeasureAmounts
{
    // Straighter than this in the picture is straight, from the front: from the side the arms come towards the camera.
    private const double StraightDegrees = 175;

    /// <summary>What is measured, such as <c>Straightest elbow angle in this picture</c> where the picture may show it other than it is.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="high">Upper end of the good values.</param>
    /// <param name="view">From where it was seen.</param>
    public static string Name(Measure measure, double high, View view) =>
        (view != View.Front || (measure.Ideal == 180 && high < StraightDegrees) ? Texts.Find($"measure.{measure.Name}.picture") : null) ?? Texts.Get("measure." + measure.Name);

    /// <summary>A value such as <c>152°</c> or <c>20 cm below the shoulder</c>.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="value">Its value.</param>
    /// <param name="view">From where it was seen: forward and outward are one number in two views.</param>
    public static string Value(Measure measure, double value, View view)
    {
        var amount = Amounts.Text(measure.Unit, Math.Abs(value));
        return Direction(measure, view) is { } direction
            ? Texts.Format($"amount.{direction}.{(value < 0 ? "negative" : "positive")}", amount)
            : value < 0 ? Amounts.Text(measure.Unit, value) : amount;
    }

    /// <summary>A range of good values such as <c>at least 166°</c>, <c>5–10 cm above the shoulder</c> or <c>5 cm below to 1 cm above the shoulder</c>.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="view">From where it was seen.</param>
    public static string Range(Measure measure, double low, double high, View view) => measure.Faulty switch
    {
        FaultyValues.Low => Texts.Format("range.at-least", Value(measure, low, view)),
        FaultyValues.High when Amounts.IsNothing(measure.Unit, high) => Amounts.Text(measure.Unit, high),
        FaultyValues.High => Texts.Format("range.at-most", Value(measure, high, view)),
        _ when Direction(measure, view) is not { } direction => Amounts.Range(measure.Unit, low, high),
        _ when low >= 0 => Texts.Format($"amount.{Direction(measure, view)}.positive", Amounts.Range(measure.Unit, low, high)),
        _ when high <= 0 => Texts.Format($"amount.{Direction(measure, view)}.negative", Amounts.Range(measure.Unit, -high, -low)),
        _ => Texts.Format($"amount.{Direction(measure, view)}.mixed", Amounts.Text(measure.Unit, -low), Amounts.Text(measure.Unit, high)),
    };

    // Tilt and place are outward from the front and forward from the side.
    private static string? Direction(Measure measure, View view) => (measure.Direction, view) switch
    {
        ("tilt", View.Side) => "tilt-forward",
        ("tilt", _) => "tilt-outward",
        ("place", View.Side) => "forward",
        ("place", _) => "outward",
        var (direction, _) => direction,
    };
}
