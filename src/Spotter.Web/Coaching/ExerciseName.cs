using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Spotter.Words;

namespace Spotter.Web.Coaching;

/// <summary>Names of exercises in addresses and files, made from what people call them.</summary>
internal static class ExerciseName
{
    private const int Longest = 63;

    /// <summary>Whether a text is such a name.</summary>
    public static bool IsValid(string? name) => name is { Length: > 0 and <= Longest } && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>The name for a title: its Latin letters and digits; where it has other letters, all of them encoded.</summary>
    public static string Of(string title)
    {
        var plain = new StringBuilder();
        var isWhole = true;
        foreach (var letter in title.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                plain.Append(letter);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && plain.Length > 0 && plain[^1] != '-')
            {
                plain.Append('-');
            }

            isWhole &= char.IsAscii(letter) || !char.IsLetter(letter);
        }

        if (!isWhole && ExerciseTitle.Encode(title) is { } encoded)
        {
            return encoded;
        }

        var name = plain.ToString(0, Math.Min(plain.Length, Longest)).Trim('-');
        return name.Length >= 2 ? name : "exercise-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(title)).AsSpan(0, 4));
    }
}
