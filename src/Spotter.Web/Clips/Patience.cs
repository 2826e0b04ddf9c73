namespace Spotter.Web.Clips;

/// <summary>How often a store elsewhere is asked again, and after which pauses.</summary>
/// <param name="time">The clock of the pauses.</param>
internal sealed class Patience(TimeProvider time)
{
    /// <summary>Tries in a row without any success after which it is given up.</summary>
    public const int MostTries = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <summary>Waits before the next try: twice as long each time, and a bit shorter by chance, so that not all come at once.</summary>
    public Task PauseAsync(int failures, CancellationToken cancellationToken) => failures == 0
        ? Task.CompletedTask
        : Task.Delay(FirstPause * Math.Pow(2, failures - 1) * (0.5 + (Random.Shared.NextDouble() / 2)), time, cancellationToken);

    /// <summary>Fills a buffer with a part of a stored file; where the connection breaks off or falls silent, the rest is asked for.</summary>
    /// <param name="open">Opens the content between two offsets, both included.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="buffer">Filled wholly.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">It broke off again and again.</exception>
    public async Task FillAsync(Func<long, long, Task<Stream>> open, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        for (int filled = 0, failures = 0; filled < buffer.Length;)
        {
            var before = filled;
            Exception? trouble = null;
            try
            {
                await using var content = await open(offset + filled, offset + buffer.Length - 1);
                while (filled < buffer.Length && await ReadAsync(content, buffer[filled..], cancellationToken) is > 0 and var count)
                {
                    filled += count;
                }
            }
            catch (IOException e) when (e is not FileNotFoundException)
            {
                trouble = e;
            }

            failures = filled > before ? 0 : failures + 1;
            if (failures == MostTries)
            {
                throw new IOException("The store breaks off while a file is read.", trouble) { HResult = Failure.TimedOut };
            }

            await PauseAsync(failures, cancellationToken);
        }
    }

    private async Task<int> ReadAsync(Stream content, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await content.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The store fell silent.", e);
        }
    }
}

/// <summary>Copies of stored files on this machine.</summary>
internal static class LocalCopy
{
    private const int Block = 8 << 20;

    /// <summary>Copies a stored file block by block.</summary>
    /// <param name="name">Which file.</param>
    /// <param name="scratch">Folder for the copy.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="read">Reads a part of it.</param>
    /// <param name="see">Is shown each block, for a checksum.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Path of the copy.</returns>
    public static async Task<string> MakeAsync(ClipName name, string scratch, long size, ReadRange read, Action<ReadOnlyMemory<byte>> see, CancellationToken cancellationToken)
    {
        var target = Path.Combine(scratch, name.ToString().Replace('/', '.'));
        await using var file = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        var buffer = new byte[Math.Min(Block, size)];
        for (var offset = 0L; offset < size; offset += buffer.Length)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, size - offset));
            await read(offset, part, cancellationToken);
            see(part);
            await file.WriteAsync(part, cancellationToken);
        }

        return target;
    }
}
