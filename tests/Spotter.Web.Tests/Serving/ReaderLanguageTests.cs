using System.Net.Http.Json;
using System.Text.Json;

namespace Spotter.Web.Tests.Serving;

/// <summary>A result that is read in another language than it was handed in.</summary>
public sealed class ReaderLanguageTests
{
    [Fact]
    public async Task Findings_ReadInAnotherLanguage_AreInTheReaders()
    {
        await using var server = await TestServer.StartAsync();
        var id = (await server.UploadAsync(Samples.SmallNoLockout, "?exercise=shoulder-press")).GetProperty("id").GetString()!;
        await server.WaitAsync(id);
        var report = await server.Client.GetFromJsonAsync<JsonElement>($"/api/clips/{id}/report");
        string[] stored = [.. report.GetProperty("repetitions").EnumerateArray().SelectMany(repetition => repetition.GetProperty("findings").EnumerateArray())
            .Select(finding => finding.GetProperty("advice").GetString()!)];

        var (english, chinese) = (await ReadAsync(server, $"/r/{id}", "en"), await ReadAsync(server, $"/r/{id}", "zh-TW"));

        Assert.NotEmpty(stored);
        // What is said anew in the language that it was stored in is the same.
        Assert.Contains(stored, advice => english.Contains($"<p class=\"advice\">{advice}</p>", StringComparison.Ordinal));
        Assert.All(stored, advice => Assert.DoesNotContain(advice, chinese, StringComparison.Ordinal));
        Assert.Contains("最高點請再往上推", chinese, StringComparison.Ordinal);
        var unseen = report.GetProperty("unseen").GetProperty("text").GetString()!;
        Assert.Contains($">{unseen}</p>", english, StringComparison.Ordinal);
        Assert.DoesNotContain(unseen, chinese, StringComparison.Ordinal);
        Assert.Matches("<p class=\"unjudged quiet small\">這段影片沒有判斷的項目：[^A-Za-z]+。</p>", chinese);
        var card = await ReadAsync(server, "/", "zh-TW");
        Assert.Matches("<span class=\"quiet clamp\">最高點請再往上推", card);
        Assert.All(stored, advice => Assert.DoesNotContain(advice, card, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReasonsOfAClipThatCannotBeJudged_ReadInAnotherLanguage_AreInTheReaders()
    {
        await using var server = await TestServer.StartAsync();
        var id = (await server.UploadAsync(Samples.SmallNoLockout, "?exercise=bicep-curl")).GetProperty("id").GetString()!;
        await server.WaitAsync(id);
        var stored = (await server.Client.GetFromJsonAsync<JsonElement>($"/api/clips/{id}/report")).GetProperty("reasons")[0].GetProperty("text").GetString()!;

        var (english, chinese, card) = (await ReadAsync(server, $"/r/{id}", "en"), await ReadAsync(server, $"/r/{id}", "zh-TW"), await ReadAsync(server, "/", "zh-TW"));

        Assert.Contains($"<p class=\"advice\">{stored}</p>", english, StringComparison.Ordinal);
        Assert.Matches("<p class=\"advice\">\\p{IsCJKUnifiedIdeographs}", chinese);
        Assert.Matches("<span class=\"quiet clamp\">\\p{IsCJKUnifiedIdeographs}", card);
        Assert.DoesNotContain(stored, chinese + card, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(TestServer server, string path, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Language", language } } };
        using var response = await server.Client.SendAsync(request);
        return System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }
}
