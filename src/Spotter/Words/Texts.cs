using System.Globalization;
using System.Resources;

namespace Spotter.Words;

/// <summary>Every sentence that Spotter says to a person, in the language of <see cref="CultureInfo.CurrentUICulture"/>; English where a language lacks one.</summary>
public static class Texts
{
    private static readonly ResourceManager Resources = new("Spotter.Words.Texts", typeof(Texts).Assembly);

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text.</exception>
    public static string Get(string key) => Find(key) ?? throw new KeyNotFoundException($"Texts.resx has no \"{key}\".");

    /// <summary>The text of a key, or null where there is none.</summary>
    public static string? Find(string key) => Resources.GetString(key, CultureInfo.CurrentUICulture);

    /// <summary>The text of a key with its places filled in; numbers are written as the reader's culture does.</summary>
    public static string Format(string key, params object[] values) => string.Format(CultureInfo.CurrentCulture, Get(key), values);

    /// <summary>Several names as one enumeration.</summary>
    public static string Join(IEnumerable<string> names) => string.Join(Get("joints.separator"), names);
}
