namespace Spotter.Web.Clips;

/// <summary>Reads a part of a stored file that never changes.</summary>
/// <param name="offset">First byte.</param>
/// <param name="buffer">Filled wholly.</param>
/// <param name="cancellationToken">Stops.</param>
public delegate Task ReadRange(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

/// <summary>
/// A stored file elsewhere as a stream that can seek. It is fetched in blocks, each a request of its own, so that no connection stays open between reads:
/// small blocks after a jump, for a player that looks around, larger ones while it is read through.
/// </summary>
/// <param name="length">Its size in bytes.</param>
/// <param name="read">Fetches a part.</param>
public sealed class RemoteStream(long length, ReadRange read) : Stream
{
    private const int SmallestBlock = 256 << 10;
    private const int LargestBlock = 4 << 20;

    private byte[] block = [];
    private long blockStart;
    private int blockLength;
    private int nextBlock = SmallestBlock;
    private long position;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A stream has no negative positions.");
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || position >= length)
        {
            return 0;
        }

        if (position < blockStart || position >= blockStart + blockLength)
        {
            await FetchAsync(cancellationToken);
        }

        var from = (int)(position - blockStart);
        var count = Math.Min(buffer.Length, blockLength - from);
        block.AsMemory(from, count).CopyTo(buffer);
        position += count;
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => position,
        _ => length,
    };

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is ever written.
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("A stored file never changes.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stored file never changes.");

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var goesOn = blockLength > 0 && position == blockStart + blockLength;
        nextBlock = goesOn ? Math.Min(nextBlock * 2, LargestBlock) : SmallestBlock;
        var count = (int)Math.Min(nextBlock, length - position);
        if (block.Length < count)
        {
            block = new byte[count];
        }

        blockLength = 0; // what a failed request left is never read
        await read(position, block.AsMemory(0, count), cancellationToken);
        (blockStart, blockLength) = (position, count);
    }
}
