using System.Globalization;
using System.Resources;

namespace Spotter.Words;

/// <summary>
/// Every sentence that Spotter says to a person, in the language of <see cref="CultureInfo.CurrentUICulture"/>; English where a language lacks one.
/// </summary>
public static class Texts
{
    private static readonly ResourceManager Resources = new("Spotter.Words.Texts", typeof(Texts).Assembly);

    /// <summary>Names of the languages that Spotter speaks, English first.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "zh-Hant"];

    /// <summary>The language that is spoken; its numbers are written as in it.</summary>
    public static CultureInfo Language => CultureInfo.CurrentUICulture;

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text.</exception>
    public static string Get(string key) => Find(key) ?? throw new KeyNotFoundException($"Texts.resx has no \"{key}\".");

    /// <summary>The text of a key, or null where there is none.</summary>
    public static string? Find(string key) => Resources.GetString(key, Language);

    /// <summary>The text of a key with its places filled in; numbers are written as in its language.</summary>
    public static string Format(string key, params object[] values) => string.Format(Language, Get(key), values);

    /// <summary>Several names as one enumeration.</summary>
    public static string Join(IEnumerable<string> names) => string.Join(Get("joints.separator"), names);

    /// <summary>A language by its name, or by that of a place where it is spoken (<c>zh-TW</c>); null for one that Spotter does not speak.</summary>
    public static CultureInfo? FindLanguage(string name)
    {
        try
        {
            var culture = CultureInfo.GetCultureInfo(name, predefinedOnly: true);
            for (var at = culture; at.Name.Length > 0; at = at.Parent)
            {
                if (Languages.Contains(at.Name, StringComparer.Ordinal))
                {
                    return culture;
                }
            }

            return null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Speaks a language until disposed of, in this flow of control and all that starts in it; null leaves the language as it is.</summary>
    public static IDisposable Speak(CultureInfo? language) => new Speech(language);

    private sealed class Speech : IDisposable
    {
        private readonly CultureInfo before = CultureInfo.CurrentUICulture;

        public Speech(CultureInfo? language) => CultureInfo.CurrentUICulture = language ?? before;

        public void Dispose() => CultureInfo.CurrentUICulture = before;
    }
}
