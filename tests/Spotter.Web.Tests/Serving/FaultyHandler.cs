namespace Spotter.Web.Tests.Serving;

/// <summary>A network with faults: whatever is sent goes through the function given, which may answer by itself, pass it on, and spoil the answer.</summary>
internal sealed class FaultyHandler(Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> fault) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        fault(request, () => base.SendAsync(request, cancellationToken));
}

/// <summary>Content that breaks off after some bytes, though more was promised.</summary>
internal sealed class CutContent(byte[] whole, int kept) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => throw new NotSupportedException();

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new CutStream(whole, kept));

    protected override bool TryComputeLength(out long length)
    {
        length = whole.Length;
        return true;
    }

    private sealed class CutStream(byte[] whole, int kept) : MemoryStream(whole, 0, kept)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var count ? count : throw new IOException("The connection broke.");
    }
}
