using System.Globalization;
using System.Resources;

namespace Spotter.Web.Words;

/// <summary>What the API's document says of each operation, by its name, in the language of <see cref="CultureInfo.CurrentUICulture"/>.</summary>
internal static class ApiTexts
{
    private static readonly ResourceManager Resources = new("Spotter.Web.Words.ApiTexts", typeof(ApiTexts).Assembly);

    /// <summary>The text of a key, or null where there is none.</summary>
    public static string? Find(string key) => Resources.GetString(key, CultureInfo.CurrentUICulture);

    /// <summary>What a parameter means: of this operation, else of any.</summary>
    public static string? OfParameter(string operation, string name) => Find($"{operation}.{name}") ?? Find("parameter." + name);
}
