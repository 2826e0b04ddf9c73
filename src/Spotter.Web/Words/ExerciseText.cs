using System.Globalization;
using Spotter.Words;

namespace Spotter.Web.Words;

/// <summary>What an exercise is called on a page.</summary>
internal static class ExerciseText
{
    public static string Of(string name)
    {
        var text = ExerciseTitle.Of(name);
        return text.Length > 0 ? char.ToUpper(text[0], CultureInfo.CurrentUICulture) + text[1..] : text;
    }
}
