using System.Globalization;

namespace Spotter.Words;

/// <summary>
/// What people call an exercise, for its name in files and addresses. A name holds lower-case Latin letters, digits and hyphens; a title of other letters becomes one as
/// domain names do (Punycode, RFC 3492), so that it can be read back.
/// </summary>
public static class ExerciseTitle
{
    private const string Encoded = "xn--";

    private static readonly IdnMapping Mapping = new() { AllowUnassigned = true };

    /// <summary>The title of an exercise, in the language that is spoken where there is a word for it.</summary>
    public static string Of(string name) => Texts.Find("exercise." + name) ?? Decode(name).Replace('-', ' ');

    /// <summary>The name for a title with letters other than Latin ones; null where it cannot be encoded or would be longer than 63 characters.</summary>
    public static string? Encode(string title)
    {
        try
        {
            var name = Mapping.GetAscii(string.Join('-', title.ToLowerInvariant().Split([' ', '-', '.', '　'], StringSplitOptions.RemoveEmptyEntries)));
            return name.StartsWith(Encoded, StringComparison.Ordinal) ? name : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Decode(string name)
    {
        try
        {
            return name.StartsWith(Encoded, StringComparison.Ordinal) ? Mapping.GetUnicode(name) : name;
        }
        catch (ArgumentException)
        {
            return name;
        }
    }
}
