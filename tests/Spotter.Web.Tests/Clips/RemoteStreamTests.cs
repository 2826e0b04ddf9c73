using CsCheck;
using Spotter.Web.Clips;

namespace Spotter.Web.Tests.Clips;

/// <summary>A remote file reads like a local one, whatever is read where.</summary>
public sealed class RemoteStreamTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1_500_000).Select(index => (byte)(index * 31 >> 3))];

    private static readonly Gen<(int Position, int Count)> Reads = Gen.Select(Gen.Int[0, Content.Length + 10], Gen.Int[0, 600_000]);

    [Fact]
    public void Read_Anywhere_IsTheFile() => Reads.List[1, 8].Sample(reads =>
    {
        using var stream = new RemoteStream(Content.Length, ReadAsync);
        foreach (var (position, count) in reads)
        {
            stream.Position = position;
            var buffer = new byte[count];
            var read = stream.ReadAtLeast(buffer, count, throwOnEndOfStream: false);
            Assert.Equal(Math.Clamp(Content.Length - position, 0, count), read);
            Assert.True(Content.AsSpan(Math.Min(position, Content.Length), read).SequenceEqual(buffer.AsSpan(0, read)));
        }
    }, iter: 50);

    [Fact]
    public async Task Read_Through_AsksForFewAndLargerBlocks()
    {
        var blocks = new List<int>();
        await using var stream = new RemoteStream(Content.Length, (offset, buffer, stop) =>
        {
            blocks.Add(buffer.Length);
            return ReadAsync(offset, buffer, stop);
        });

        await stream.CopyToAsync(Stream.Null);

        Assert.Equal([262144, 524288, 1_500_000 - 786432], blocks);
    }

    [Fact]
    public async Task Read_AfterAFailure_AsksAgain()
    {
        var failed = false;
        await using var stream = new RemoteStream(Content.Length, (offset, buffer, stop) =>
        {
            var fails = !failed;
            failed = true;
            return fails ? throw new IOException("The connection broke.") : ReadAsync(offset, buffer, stop);
        });
        var read = new byte[10];

        await Assert.ThrowsAsync<IOException>(async () => await stream.ReadExactlyAsync(read));
        await stream.ReadExactlyAsync(read);

        Assert.Equal(Content[..10], read);
    }

    private static Task ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Content.AsMemory((int)offset, buffer.Length).CopyTo(buffer);
        return Task.CompletedTask;
    }
}
