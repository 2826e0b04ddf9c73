using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Spotter.Tests;
using Spotter.Web.Jobs;
using Spotter.Web.Words;

namespace Spotter.Web.Tests.Words;

/// <summary>The sentences of the pages in each language.</summary>
public sealed partial class PageTextsTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-Hant");

    [Fact]
    public void Texts_InBothLanguages_HaveTheSameKeysAndPlaces()
    {
        var (english, chinese) = (Read(CultureInfo.InvariantCulture), Read(Chinese));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), chinese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, text => Assert.Equal((text.Key, Places(text.Value)), (text.Key, Places(chinese[text.Key]))));
    }

    [Fact]
    public void Texts_ThatPagesAndScriptsName_AreThere()
    {
        var known = Read(CultureInfo.InvariantCulture);
        var named = Directory.EnumerateFiles(Path.Combine(SharedData.Repository, "src", "Spotter.Web"), "*.cs*", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => Named().Matches(File.ReadAllText(path)).Select(match => match.Groups["key"].Value))
            .ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(named, key => !known.ContainsKey(key) && Spotter.Words.Texts.Find(key) is null);
    }

    [Fact]
    public void Texts_OfProblemsThatTheProgramNames_AreThere()
    {
        var known = Read(CultureInfo.InvariantCulture);
        var named = new[] { "Spotter", "Spotter.Web" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(SharedData.Repository, "src", project), "*.cs", SearchOption.AllDirectories))
            .SelectMany(path => Problems().Matches(File.ReadAllText(path)).Select(match => match.Groups["code"].Value))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Superset(new HashSet<string>(["cut-off", "too-slow", "pack-missing", "no-machine"], StringComparer.Ordinal), named);
        Assert.All(named.Append("failed").Append(Failure.Unavailable).Append(Failure.NoSpace).Append(JobProblem.Crashed).Append(JobProblem.Lacking).Append(JobProblem.BeingLearnt), code => Assert.Contains("problem." + code, known.Keys));
        Assert.All(known.Where(text => text.Key.StartsWith("problem.", StringComparison.Ordinal)), text => Assert.Equal("", Places(text.Value)));
    }

    [Fact]
    public async Task Culture_WithAChosenLanguage_KeepsTheReadersNumbersAndDates()
    {
        var options = new Microsoft.AspNetCore.Builder.RequestLocalizationOptions();
        Languages.Configure(options);
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = "de-CH,de;q=0.9";
        context.Request.Headers.Cookie = $"{Languages.Cookie}=zh-Hant";

        var result = await options.RequestCultureProviders[0].DetermineProviderCultureResult(context);

        Assert.Equal(("de-CH", "zh-Hant"), (result!.Cultures[0].Value, result.UICultures[0].Value));
    }

    private static Dictionary<string, string> Read(CultureInfo culture)
    {
        var resources = new System.Resources.ResourceManager("Spotter.Web.Words.PageTexts", typeof(PageTexts).Assembly);
        var set = resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!;
        return set.Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
    }

    private static string Places(string text) => string.Join(',', Place().Matches(text).Select(match => match.Groups["number"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{(?<number>\d)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    [GeneratedRegex("""VideoFormatException\((?:.|\n)*?\{ Kind = "(?<code>[a-z-]+)"|JobProblem\([^;\n]*?"(?<code>[a-z-]+)",""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Problems();

    [GeneratedRegex("""\b(?:Get|Format)\("(?<key>[a-z][A-Za-z0-9.-]*[a-z])"[,)]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
