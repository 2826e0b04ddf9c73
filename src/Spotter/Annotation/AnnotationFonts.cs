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
/// The typefaces of annotated clips. Inter is built into the library, because a server may have no font at all; characters that Inter lacks
/// (Chinese, for example) come from the system's fonts, and stay boxes where no installed font has them.
/// </summary>
internal static class AnnotationFonts
{
    private static readonly SKTypeface Medium = Load("Inter-Medium.ttf");
    private static readonly SKTypeface Bold = Load("Inter-Bold.ttf");
    private static readonly ConcurrentDictionary<(int Character, FontWeight Weight), SKTypeface> Fallbacks = new();

    /// <summary>The built-in typeface.</summary>
    public static SKTypeface BuiltIn(FontWeight weight) => weight == FontWeight.Bold ? Bold : Medium;

    /// <summary>The built-in typeface where it has the character, or else an installed one that has it.</summary>
    public static SKTypeface For(Rune character, FontWeight weight)
    {
        var builtIn = BuiltIn(weight);
        return builtIn.ContainsGlyph(character.Value)
            ? builtIn
            : Fallbacks.GetOrAdd((character.Value, weight), static key => Installed(key.Character, key.Weight) ?? BuiltIn(key.Weight));
    }

    private static SKTypeface? Installed(int character, FontWeight weight)
    {
        var style = weight == FontWeight.Bold ? SKFontStyle.Bold : SKFontStyle.Normal;
        return SKFontManager.Default.MatchCharacter(null, style, ["zh-Hant", "en"], character);
    }

    private static SKTypeface Load(string resource)
    {
        using var stream = typeof(AnnotationFonts).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The typeface {resource} is not in the library; build it again with the packages of the assets folder installed.");
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"The typeface {resource} in the library is damaged.");
    }
}
