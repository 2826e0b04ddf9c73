using System.Globalization;
using System.Resources;

namespace Spotter.Web.Words;

/// <summary>Every sentence of the pages, in the language of <see cref="CultureInfo.CurrentUICulture"/>; English where a language lacks one. What is said about a clip stands in Spotter's own texts.</summary>
internal static class PageTexts
{
    private static readonly ResourceManager Resources = new("Spotter.Web.Words.PageTexts", typeof(PageTexts).Assembly);

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text.</exception>
    public static string Get(string key) => Find(key) ?? throw new KeyNotFoundException($"PageTexts.resx has no \"{key}\".");

    /// <summary>The text of a key, or null where there is none.</summary>
    public static string? Find(string key) => Resources.GetString(key, CultureInfo.CurrentUICulture);

    /// <summary>The text of a key with its places filled in; numbers are written as the reader's culture does.</summary>
    public static string Format(string key, params object?[] values) => string.Format(CultureInfo.CurrentCulture, Get(key), values);
}
