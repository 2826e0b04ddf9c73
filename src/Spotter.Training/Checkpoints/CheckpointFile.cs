namespace Spotter.Training.Checkpoints;

/// <summary>Reads network weights from a file of any supported format, told by its content rather than its name.</summary>
public static class CheckpointFile
{
    /// <summary>Largest file that is read; ST-GCN's weights are 13 MB.</summary>
    public const long MaximumBytes = 512L << 20;

    /// <summary>Reads the tensors by name.</summary>
    /// <param name="path">A safetensors file, or a PyTorch file (<c>.pt</c>, <c>.pth</c>).</param>
    /// <exception cref="CheckpointFormatException">The file is missing, too large, damaged or of another format.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaximumBytes)
            {
                throw new CheckpointFormatException($"'{path}' has {length} bytes; weights of more than {MaximumBytes} bytes are not read.");
            }

            var file = File.ReadAllBytes(path);
            return TorchCheckpoint.IsTorchFile(file) ? TorchCheckpoint.Parse(file) : SafeTensorsFile.Parse(file).Tensors;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointFormatException($"The weights '{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
