using System.Text.Json;

namespace Spotter.Web.Tests.Serving;

/// <summary>The API's document and the page to read it on, in the reader's language.</summary>
public sealed class ApiReferenceTests
{
    [Fact]
    public async Task Document_InEachLanguage_DescribesEveryOperationParameterAndAnswer()
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);

        var english = Texts(JsonDocument.Parse(await ReadAsync(server, "/openapi.json", "en")).RootElement);
        var chinese = Texts(JsonDocument.Parse(await ReadAsync(server, "/openapi.json", "zh-TW")).RootElement);

        Assert.Equal(english.Keys, chinese.Keys);
        Assert.All(english, text => Assert.Matches("[a-z]", text.Value));
        Assert.All(chinese, text => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", text.Value));
    }

    [Fact]
    public async Task Page_InChinese_SaysWhatTheDocumentDoes()
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);

        var page = await ReadAsync(server, "/api-reference", "zh-TW");

        Assert.All(Texts(JsonDocument.Parse(await ReadAsync(server, "/openapi.json", "zh-TW")).RootElement).Values, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Hand in", page, StringComparison.Ordinal);
    }

    private static SortedDictionary<string, string> Texts(JsonElement document)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject())
            {
                var name = method.Value.GetProperty("operationId").GetString()!;
                texts.Add(name, Text(method.Value, "summary"));
                foreach (var answer in method.Value.GetProperty("responses").EnumerateObject())
                {
                    texts.Add($"{name} {answer.Name}", Text(answer.Value, "description"));
                }

                foreach (var parameter in method.Value.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToArray() : [])
                {
                    texts.Add($"{name} {parameter.GetProperty("name")}", Text(parameter, "description"));
                }
            }
        }

        return texts;
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString()! : "";

    private static async Task<string> ReadAsync(TestServer server, string path, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Language", language } } };
        using var response = await server.Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, path);
        return System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }
}
