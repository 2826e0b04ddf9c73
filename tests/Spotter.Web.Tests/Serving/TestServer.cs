using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Spotter.Web.Tests.Serving;

/// <summary>The real server on a free port of this machine, with a data folder of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private WebApplication? app;

    private TestServer()
    {
    }

    public HttpClient Client { get; private set; } = null!;

    public string Url { get; private set; } = "";

    public string DataFolder => folder.File("data");

    public IServiceProvider Services => app!.Services;

    public static async Task<TestServer> StartAsync(Func<ServeOptions, ServeOptions>? configure = null, Action<IServiceCollection>? replace = null)
    {
        var server = new TestServer();
        var options = new ServeOptions { DataFolder = server.DataFolder, Urls = ["http://127.0.0.1:0"] };
        server.app = await WebServer.StartAsync(configure?.Invoke(options) ?? options, replace);
        server.Url = server.app.Urls.First();
        server.Client = server.NewClient();
        return server;
    }

    /// <summary>A client without cookies that does not follow redirects.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromMinutes(2) };

    public async Task<JsonElement> UploadAsync(string clip, string query = "", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/clips" + query) { Content = new StreamContent(File.OpenRead(clip)) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<JsonElement> WaitAsync(string id, TimeSpan? atMost = null)
    {
        var limit = DateTime.UtcNow + (atMost ?? TimeSpan.FromMinutes(5));
        while (true)
        {
            var status = await Client.GetFromJsonAsync<JsonElement>($"/api/clips/{id}");
            if (status.GetProperty("state").GetString() is "done" or "set-aside" or "cancelled" || DateTime.UtcNow > limit)
            {
                return status;
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Stops it as Ctrl-C does.</summary>
    public Task StopAsync() => app!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
        {
            await app.StopAsync();
            app.Services.GetRequiredService<Embedded.EmbeddedDatabase>().Close();
            await app.DisposeAsync();
        }

        folder.Dispose();
    }
}
