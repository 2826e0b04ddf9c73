using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Spotter.Web;

namespace Spotter.Bench.Web;

/// <summary>The web app as a process of its own, started from this very program, so that it can be killed.</summary>
internal sealed class ServedChild : IDisposable
{
    private readonly Process process;

    private ServedChild(Process process, string url)
    {
        this.process = process;
        Client = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Client { get; }

    /// <summary>What the child does.</summary>
    public static int Serve(string data)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        WebServer.RunAsync(new ServeOptions { DataFolder = data, Urls = ["http://127.0.0.1:0"] }, urls => Console.WriteLine(urls.First()), stop.Token).GetAwaiter().GetResult();
        return 0;
    }

    public static async Task<ServedChild> StartAsync(string data)
    {
        var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["web-serve", data]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var url = await child.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new ServedChild(child, url);
    }

    public async Task<JsonElement> UploadAsync(byte[] clip, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/clips") { Content = new ByteArrayContent(clip) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<string> StateAsync(string id) =>
        (await Client.GetFromJsonAsync<JsonElement>($"/api/clips/{id}")).GetProperty("state").GetString()!;

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
