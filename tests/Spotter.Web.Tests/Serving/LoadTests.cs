using System.Net;
using System.Text.Json;

namespace Spotter.Web.Tests.Serving;

/// <summary>Many uploads at once, while the real worker judges. How fast that goes is measured by a bench.</summary>
public sealed class LoadTests
{
    private const int Uploads = 50;

    [Fact]
    public async Task Uploads_FiftyAtOnce_AreAllTakenAndPagesAnswerMeanwhile()
    {
        await using var server = await TestServer.StartAsync();
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(server, done.Token);

        var ids = await Task.WhenAll(Enumerable.Range(0, Uploads).Select(async number => (await server.UploadAsync(Samples.Good, key: $"load-{number}")).GetProperty("id").GetString()!));

        await done.CancelAsync();
        Assert.True(await watching > 0);
        Assert.Equal(Uploads, ids.Distinct(StringComparer.Ordinal).Count());
        var listed = JsonDocument.Parse(await server.Client.GetStringAsync("/api/clips?limit=200")).RootElement;
        Assert.Equal(ids.Order(StringComparer.Ordinal), listed.EnumerateArray().Select(clip => clip.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(listed.EnumerateArray(), clip => clip.GetProperty("state").GetString() == "set-aside");
    }

    private static async Task<int> WatchAsync(TestServer server, CancellationToken done)
    {
        var answers = 0;
        for (; answers == 0 || !done.IsCancellationRequested; answers++)
        {
            foreach (var path in (string[])["/", "/history", "/coach"])
            {
                using var response = await server.Client.GetAsync(path, CancellationToken.None);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
        }

        return answers;
    }
}
