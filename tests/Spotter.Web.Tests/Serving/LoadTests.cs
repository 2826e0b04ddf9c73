using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Spotter.Web.Tests.Serving;

/// <summary>Many uploads at once. How fast that goes is measured by a bench.</summary>
public sealed class LoadTests
{
    private const int Uploads = 50;

    [Fact]
    public async Task Uploads_FiftyAtOnce_AreAllTakenAndJudgedOnceAndEverythingAnswersMeanwhile()
    {
        await using var server = await TestServer.StartAsync(replace: QuickWork.Replace);
        var work = server.Services.GetRequiredService<QuickWork>();
        var before = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!;
        var goOn = new TaskCompletionSource();
        HalfSent[] bodies = [.. Enumerable.Range(0, Uploads).Select(_ => new HalfSent(Samples.Good, goOn.Task))];
        var uploads = Task.WhenAll(bodies.Select((body, number) => SendAsync(server, body, number)));
        await Task.WhenAll(bodies.Select(body => body.IsHalfSent));

        // All are on their way now, and none can end before it is told to go on.
        foreach (var path in (string[])["/", "/history", "/coach", $"/r/{before}", $"/api/clips/{before}", "/api/clips"])
        {
            using var response = await server.Client.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, response.StatusCode));
        }

        Assert.False(uploads.IsCompleted);
        goOn.SetResult();
        work.Gate.Release(Uploads + 1);
        var ids = await uploads;
        foreach (var id in ids.Append(before))
        {
            Assert.Equal("done", (await server.WaitAsync(id)).GetProperty("state").GetString());
        }

        Assert.Equal(Uploads, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Uploads + 1, work.Started);
        var listed = JsonDocument.Parse(await server.Client.GetStringAsync("/api/clips?limit=200")).RootElement;
        Assert.Equal(ids.Append(before).Order(StringComparer.Ordinal), listed.EnumerateArray().Select(clip => clip.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
    }

    private static async Task<string> SendAsync(TestServer server, HalfSent body, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/clips") { Content = body, Headers = { { "Idempotency-Key", $"load-{number}" } } };
        using var response = await server.Client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, answer);
        return JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Sends half of a file, then a little from time to time, as a server gives up on who falls silent, and the rest when it may.</summary>
    private sealed class HalfSent(string file, Task goOn) : HttpContent
    {
        private const int Little = 512;
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

        private readonly byte[] content = File.ReadAllBytes(file);
        private readonly TaskCompletionSource half = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsHalfSent => half.Task;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var sent = content.Length / 2;
            await stream.WriteAsync(content.AsMemory(0, sent));
            await stream.FlushAsync();
            half.TrySetResult();
            while (!goOn.IsCompleted && sent + Little < content.Length)
            {
                await stream.WriteAsync(content.AsMemory(sent, Little));
                await stream.FlushAsync();
                sent += Little;
                await Task.WhenAny(goOn, Task.Delay(Pause));
            }

            await goOn;
            await stream.WriteAsync(content.AsMemory(sent));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }
}
