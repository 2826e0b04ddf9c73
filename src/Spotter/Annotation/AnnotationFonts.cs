using System.Collections.Concurrent;
using System.Text;
using SkiaSharp;

namespace Spotter.Annotation;

/// <summary>How heavy a text is drawn.</summary>
public enum FontWeight
{
    /// <summary>Running text.</summary>
    Medium,

    /// <summary>Headings and numbers.</summary>
    Bold,
}

/// <summary>
/// The typefaces of annotated clips: Inter and, for Traditional Chinese, Noto Sans TC. Both are built into the library, because a server may have no
/// font at all; characters that neither has come from the system's fonts, and stay boxes where no installed font has them.
/// </summary>
internal static class AnnotationFonts
{
    private const string ChinesePrefix = "NotoSansTC-";

    private static readonly SKTypeface Medium = Load("Inter-Medium.ttf");
    private static readonly SKTypeface Bold = Load("Inter-Bold.ttf");

    // Read when the first Chinese character is written: English clips need not wait for them.
    private static readonly Lazy<SKTypeface[]> ChineseMedium = new(() => LoadAll(ChinesePrefix + "Medium"));
    private static readonly Lazy<SKTypeface[]> ChineseBold = new(() => LoadAll(ChinesePrefix + "Bold"));
    private static readonly ConcurrentDictionary<(int Character, FontWeight Weight), SKTypeface> Fallbacks = new();

    /// <summary>The built-in Latin typeface.</summary>
    public static SKTypeface BuiltIn(FontWeight weight) => weight == FontWeight.Bold ? Bold : Medium;

    /// <summary>The built-in typeface that has the character, or else an installed one that has it.</summary>
    public static SKTypeface For(Rune character, FontWeight weight)
    {
        var builtIn = BuiltIn(weight);
        return builtIn.ContainsGlyph(character.Value)
            ? builtIn
            : Fallbacks.GetOrAdd((character.Value, weight), static key => Chinese(key.Character, key.Weight) ?? Installed(key.Character, key.Weight) ?? BuiltIn(key.Weight));
    }

    /// <summary>The built-in Chinese typeface of a character; null where it has none.</summary>
    internal static SKTypeface? Chinese(int character, FontWeight weight) =>
        Array.Find((weight == FontWeight.Bold ? ChineseBold : ChineseMedium).Value, typeface => typeface.ContainsGlyph(character));

    private static SKTypeface? Installed(int character, FontWeight weight)
    {
        var style = weight == FontWeight.Bold ? SKFontStyle.Bold : SKFontStyle.Normal;
        return SKFontManager.Default.MatchCharacter(null, style, ["zh-Hant", "en"], character);
    }

    private static SKTypeface[] LoadAll(string prefix) =>
    [
        .. typeof(AnnotationFonts).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Load),
    ];

    private static SKTypeface Load(string resource)
    {
        using var stream = typeof(AnnotationFonts).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The typeface {resource} is not in the library; build it again with the packages of the assets folder installed.");
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"The typeface {resource} in the library is damaged.");
    }
}
