using System.Collections;
using System.Globalization;
using System.Resources;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Words;

namespace Spotter.Tests.Words;

/// <summary>What is said of a measure fits the exercise.</summary>
public sealed class FindingTextsTests
{
    private static readonly string[] Pressing = ["press", "over your head", "推", "頭頂"];

    // Which end of the movement is which: a pushdown straightens the arm at the bottom, a curl as well.
    public static TheoryData<string, string, string, string> Ends => new()
    {
        { "shoulder-press", "elbow-extension-degrees.low", "at the top", "最高點" },
        { "bicep-curl", "elbow-extension-degrees.low", "at the bottom", "最低點" },
        { "triceps-pushdown", "elbow-extension-degrees.low", "at the bottom", "最低點" },
        { "shoulder-press", "elbow-flexion-degrees.high", "at the bottom", "最低點" },
        { "bicep-curl", "elbow-flexion-degrees.high", "at the top", "最高點" },
        { "triceps-pushdown", "elbow-flexion-degrees.high", "at the top", "最高點" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Sentence_NamesTheEndAtWhichTheExerciseDoesIt(string exercise, string key, string english, string chinese)
    {
        Assert.Contains(english, Own("en", exercise, key).First(), StringComparison.Ordinal);
        Assert.Contains(chinese, Own("zh-Hant", exercise, key).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryListedMeasure_HasASentenceForEachFaultySide_AndOnlyThePressSpeaksOfPressing()
    {
        foreach (var (exercise, key, view) in Listed())
        {
            foreach (var language in Texts.Languages)
            {
                Assert.NotEmpty(Own(language, exercise, key, view));
                if (exercise != "shoulder-press")
                {
                    Assert.All(Own(language, exercise, key, view), text => Assert.DoesNotContain(Pressing, word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
                }
            }
        }
    }

    [Fact]
    public void EveryExercise_NamesNoOtherKey()
    {
        var names = ExerciseDefinition.Names.Append("side").Append("ideal").Append("throughout").Append("low").Append("high").ToHashSet(StringComparer.Ordinal);
        var measures = MeasureCatalogue.All.Select(measure => measure.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var key in Keys("en").Where(key => key.StartsWith("finding.", StringComparison.Ordinal) && measures.Contains(key.Split('.')[1])))
        {
            Assert.All(key.Split('.').Skip(2), part => Assert.Contains(part, names));
        }
    }

    [Fact]
    public void EveryFaultAndDirection_HasWords()
    {
        var keys = Keys("en").ToHashSet(StringComparer.Ordinal);
        Assert.All(MeasureCatalogue.All.SelectMany(measure => new[] { measure.FaultBelow, measure.FaultAbove }).OfType<string>(), fault => Assert.Contains("fault." + fault, keys));
        foreach (var direction in (string[])["height", "forward", "neck", "outward", "tilt-outward", "tilt-forward", "lean"])
        {
            Assert.All((string[])["positive", "negative", "mixed"], sign => Assert.Contains($"amount.{direction}.{sign}", keys));
        }
    }

    private static IEnumerable<(string Exercise, string Key, string View)> Listed() =>
        from exercise in ExerciseDefinition.Names.Select(ExerciseDefinition.Load)
        from view in exercise.Measures.Concat(exercise.Remarks)
        from measure in view.Value.Select(MeasureCatalogue.Get)
        from side in measure.Faulty switch { FaultyValues.Low => (string[])["low"], FaultyValues.High => ["high"], _ => ["low", "high"] }
        select (exercise.Name, $"{measure.Name}.{side}", view.Key.ToString().ToLowerInvariant());

    // All that may be said: the exercise's own sentences first, and those of every exercise where it has none.
    private static string[] Own(string language, string exercise, string key, string view = "")
    {
        using var speech = Texts.Speak(CultureInfo.GetCultureInfo(language));
        string[] own = [$"finding.{key}.{exercise}", $"finding.{key}.{exercise}.{view}", $"finding.{key}.ideal.{exercise}"];
        string[] any = [$"finding.{key}", $"finding.{key}.{view}", $"finding.{key}.ideal", $"finding.{key}.ideal.{view}"];
        string[] found = [.. own.Select(Texts.Find).OfType<string>()];
        return found.Length > 0 ? found : [.. any.Select(Texts.Find).OfType<string>()];
    }

    private static IEnumerable<string> Keys(string culture) =>
        new ResourceManager("Spotter.Words.Texts", typeof(Texts).Assembly).GetResourceSet(CultureInfo.GetCultureInfo(culture), true, true)!.Cast<DictionaryEntry>().Select(entry => (string)entry.Key);
}
