namespace Spotter.OneClass;

/// <summary>Rounds learnt numbers before they are used, so that what a pack stores in few characters is exactly what was fitted.</summary>
internal static class Digits
{
    /// <summary>The nearest number with so many significant decimal digits.</summary>
    public static double Keep(double value, int digits)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        var places = digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return places is >= 0 and <= 15 ? Math.Round(value, places) : value;
    }
}
