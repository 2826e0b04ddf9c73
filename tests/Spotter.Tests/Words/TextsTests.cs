using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text;
using System.Text.RegularExpressions;
using Spotter.Annotation;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Words;

namespace Spotter.Tests.Words;

public sealed partial class TextsTests
{
    private static readonly Dictionary<string, string> English = All("");
    private static readonly Dictionary<string, string> Chinese = All("zh-Hant");

    [Fact]
    public void Languages_HaveTheSameTexts_WithTheSamePlaces()
    {
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Chinese.Keys.Order(StringComparer.Ordinal));
        Assert.All(English, text => Assert.Equal(Places(text.Value), Places(Chinese[text.Key])));
    }

    [Fact]
    public void EveryCharacterOfEveryText_IsInABuiltInTypeface()
    {
        var missing = English.Values.Concat(Chinese.Values).SelectMany(text => text.EnumerateRunes()).Distinct()
            .Where(rune => !AnnotationFonts.BuiltIn(FontWeight.Medium).ContainsGlyph(rune.Value))
            .Where(rune => AnnotationFonts.Chinese(rune.Value, FontWeight.Medium) is null || AnnotationFonts.Chinese(rune.Value, FontWeight.Bold) is null);

        Assert.Equal("", string.Concat(missing));
    }

    [Fact]
    public void EveryMeasure_HasANameAUnitAndASentenceForEachFaultySide()
    {
        Assert.All(MeasureCatalogue.All, measure =>
        {
            Assert.Contains("measure." + measure.Name, English.Keys);
            Assert.Contains("unit." + measure.Unit, English.Keys);
            Assert.True(measure.Faulty == FaultyValues.High || English.ContainsKey($"finding.{measure.Name}.low"), measure.Name);
            Assert.True(measure.Faulty == FaultyValues.Low || English.ContainsKey($"finding.{measure.Name}.high"), measure.Name);
        });
    }

    [Fact]
    public void EveryLimitAndReason_HasAText()
    {
        var limits = ExerciseDefinition.Names.SelectMany(name => ExerciseDefinition.Load(name).Limits).Select(limit => "otherwise." + limit.Otherwise);
        var reasons = typeof(ReasonCodes).GetFields().Select(field => "reason." + field.GetRawConstantValue());

        Assert.All(limits.Concat(reasons), key => Assert.Contains(key, English.Keys));
    }

    [Theory]
    [InlineData("en", true)]
    [InlineData("en-GB", true)]
    [InlineData("zh-Hant", true)]
    [InlineData("zh-TW", true)]
    [InlineData("zh-CN", false)]
    [InlineData("de", false)]
    [InlineData("nonsense!", false)]
    [InlineData("", false)]
    public void FindLanguage_KnowsWhatSpotterSpeaks(string name, bool spoken) => Assert.Equal(spoken, Texts.FindLanguage(name) is not null);

    [Fact]
    public async Task Speak_HoldsForAllThatIsStartedInside_AndEnds()
    {
        var before = CultureInfo.CurrentUICulture;
        using (Texts.Speak(Texts.FindLanguage("zh-TW")))
        {
            Assert.Equal("右手肘", await Task.Run(() => Texts.Get("joint.right-elbow")));
        }

        Assert.Equal(before, CultureInfo.CurrentUICulture);
    }

    private static Dictionary<string, string> All(string culture)
    {
        var resources = new ResourceManager("Spotter.Words.Texts", typeof(Texts).Assembly).GetResourceSet(CultureInfo.GetCultureInfo(culture), true, false)!;
        return resources.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
    }

    private static string[] Places(string text) => [.. PlaceIn().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{(\d)[^}]*\}")]
    private static partial Regex PlaceIn();
}
