using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Spotter.Web.Killing;

/// <summary>The web app as a process of its own, so that it can be killed.</summary>
internal sealed class ServedProcess : IDisposable
{
    /// <summary>First argument of the program when it is to serve; the second is the data folder.</summary>
    public const string Command = "serve";

    private readonly Process process;

    private ServedProcess(Process process, string url)
    {
        this.process = process;
        Client = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(5) };
    }

    /// <summary>Talks to it.</summary>
    public HttpClient Client { get; }

    /// <summary>What the process does: serves until its input ends, which it does with whoever started it.</summary>
    public static async Task<int> RunAsync(string data)
    {
        using var stop = new CancellationTokenSource();
        var serving = WebServer.RunAsync(new ServeOptions { DataFolder = data, Urls = ["http://127.0.0.1:0"] }, urls => Console.WriteLine(urls.First()), stop.Token);
        await Task.WhenAny(serving, Console.In.ReadToEndAsync(CancellationToken.None));
        await stop.CancelAsync();
        await serving;
        return 0;
    }

    /// <summary>Starts a process, and waits until it listens.</summary>
    public static async Task<ServedProcess> StartAsync(string data)
    {
        var child = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Spotter.Web.Killing"), [Command, data])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        return new ServedProcess(child, await child.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start."));
    }

    /// <summary>Hands in a clip.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> UploadAsync(byte[] clip, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/clips") { Content = new ByteArrayContent(clip) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Where a clip stands.</summary>
    public async Task<string> StateAsync(string id) =>
        (await Client.GetFromJsonAsync<JsonElement>($"/api/clips/{id}")).GetProperty("state").GetString()!;

    /// <summary>Ends when it works on a clip, or after a minute without work.</summary>
    public async Task BusyAsync()
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromMinutes(1); await Task.Delay(50))
        {
            var clips = await Client.GetFromJsonAsync<JsonElement>("/api/clips?limit=200");
            if (clips.EnumerateArray().Any(clip => clip.GetProperty("state").GetString() == "running"))
            {
                return;
            }
        }
    }

    /// <summary>Ends it at once, wherever it is.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
    }
}
