using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Spotter.Tests;

/// <summary>The served program, killed again and again at random moments: no clip is lost, each ends with one result. The long run is <c>Spotter.Bench web-kill</c>.</summary>
public sealed class KillTests
{
    private const int Kills = 4;
    private const int Clips = 3;

    [Fact]
    public async Task Serve_KilledAtRandom_JudgesEveryClipOnce()
    {
        using var folder = new TemporaryFolder();
        var clip = await ShortClipAsync(folder);
        var random = new Random(20260704);
        using var client = new HttpClient();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var kill = 0; ; kill++)
        {
            using var server = await ServedProcess.StartAsync(folder["data"]);
            for (var key = ids.Count; key < Clips; key++)
            {
                // Repeated under the same key after a kill: it must be the same clip.
                ids[$"clip-{key}"] = await server.UploadAsync(client, clip, $"clip-{key}");
            }

            if (kill == Kills)
            {
                await server.UntilDoneAsync(client, [.. ids.Values], TimeSpan.FromMinutes(3));
                break;
            }

            await Task.Delay(random.Next(0, 1500));
            server.Kill();
        }

        Assert.Equal(Clips, ids.Values.Distinct(StringComparer.Ordinal).Count());
        foreach (var id in ids.Values)
        {
            var results = Directory.GetDirectories(Path.Combine(folder["data"], "clips", id));
            Assert.True(File.Exists(Path.Combine(Assert.Single(results), "report.json")));
        }

        Assert.Equal(Clips, Directory.GetDirectories(Path.Combine(folder["data"], "clips")).Length);
    }

    private static async Task<string> ShortClipAsync(TemporaryFolder folder)
    {
        var clip = folder["short.mp4"];
        using var process = Process.Start("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc=duration=0.5:size=160x120:rate=20", "-pix_fmt", "yuv420p", clip]);
        await process.WaitForExitAsync();
        return clip;
    }

    private sealed class ServedProcess(Process process, string url) : IDisposable
    {
        public static async Task<ServedProcess> StartAsync(string data)
        {
            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Spotter.Cli"), ["serve", "--urls", "http://127.0.0.1:0", "--data", data])
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            start.Environment["SPOTTER_PACKS"] = Path.Combine(SharedData.Repository, "models");
            var process = Process.Start(start)!;
            while (await process.StandardError.ReadLineAsync() is { } line)
            {
                if (line.Contains("http://", StringComparison.Ordinal))
                {
                    var address = line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0];
                    _ = process.StandardError.ReadToEndAsync();
                    return new ServedProcess(process, address);
                }
            }

            throw new InvalidOperationException("The server did not start.");
        }

        public async Task<string> UploadAsync(HttpClient client, string clip, string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url + "/api/clips") { Content = new ByteArrayContent(await File.ReadAllBytesAsync(clip)) };
            request.Headers.Add("Idempotency-Key", key);
            using var response = await client.SendAsync(request);
            return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        }

        public async Task UntilDoneAsync(HttpClient client, IReadOnlyList<string> ids, TimeSpan atMost)
        {
            var clock = Stopwatch.StartNew();
            foreach (var id in ids)
            {
                var state = "";
                while (state != "done")
                {
                    Assert.True(clock.Elapsed < atMost, $"{id} is {state}");
                    state = (await client.GetFromJsonAsync<JsonElement>($"{url}/api/clips/{id}")).GetProperty("state").GetString();
                    // Each kill costs the clip in work an attempt, and after three it is set aside: that is promised, too, and here it is started anew.
                    if (state == "set-aside")
                    {
                        await client.PostAsync($"{url}/api/clips/{id}/retry", null);
                    }

                    await Task.Delay(200);
                }
            }
        }

        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose()
        {
            if (!process.HasExited)
            {
                Kill();
            }

            process.Dispose();
        }
    }
}
