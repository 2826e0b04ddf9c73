using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Spotter.Web.Tests.Serving;

/// <summary>Sending a clip again that was taken, as a browser does whose answer was lost.</summary>
public sealed class UploadRepeatTests
{
    private const int Megabyte = 1 << 20;

    // More than Kestrel reads on of a body that nobody wanted, and more than sockets hold.
    [Fact]
    public async Task Key_KnownAndTheBodyLarge_IsAnsweredAfterTheWholeBody()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        var id = (await server.UploadAsync(Samples.Good, key: "same")).GetProperty("id").GetString();
        using var client = new TcpClient();
        await client.ConnectAsync(new Uri(server.Url).Host, new Uri(server.Url).Port);
        var stream = client.GetStream();
        const int Pieces = 40;

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/clips HTTP/1.1\r\nHost: {new Uri(server.Url).Authority}\r\nIdempotency-Key: same\r\nContent-Length: {Pieces * Megabyte}\r\nConnection: close\r\n\r\n"));
        var piece = new byte[Megabyte];
        for (var sent = 0; sent < Pieces; sent++)
        {
            Assert.False(stream.DataAvailable, $"answered after {sent} of {Pieces} MB");
            await stream.WriteAsync(piece);
        }

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains(id!, answer, StringComparison.Ordinal);
        Assert.Single((await server.Client.GetFromJsonAsync<JsonElement>("/api/clips")).EnumerateArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Key_KnownAndTheBodyBeyondTheLimit_IsRefused(bool saysItsLength)
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0, MaxClipBytes = Megabyte });
        await server.UploadAsync(Samples.Good, key: "same");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/clips")
        {
            Content = new ByteArrayContent(new byte[Megabyte + 1]),
            Headers = { { "Idempotency-Key", "same" }, { "Transfer-Encoding", saysItsLength ? [] : ["chunked"] } },
        };

        using var response = await server.Client.SendAsync(request);

        await ApiErrorTests.AssertProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "too-large");
    }
}
