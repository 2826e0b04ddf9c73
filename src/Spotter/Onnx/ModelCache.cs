namespace Spotter.Onnx;

/// <summary>A folder of converted networks. Files are written whole or not at all, so several processes may share it.</summary>
/// <param name="folder">Full path; made when first needed.</param>
public sealed class ModelCache(string folder)
{
    /// <summary>Name of the environment variable that tells the folder.</summary>
    public const string FolderVariable = "SPOTTER_CACHE";

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>
    /// The cache of this user: the folder that <see cref="FolderVariable"/> names, else <c>spotter</c> in <c>XDG_CACHE_HOME</c>, else in <c>~/.cache</c>.
    /// </summary>
    public static ModelCache Default()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
        {
            return new ModelCache(Path.GetFullPath(named));
        }

        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg)
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return new ModelCache(Path.Combine(caches, "spotter"));
    }

    /// <summary>The file of the given name, made first where it is not there.</summary>
    /// <param name="name">File name that stands for exactly one content.</param>
    /// <param name="make">Makes the content.</param>
    /// <returns>Full path of the file.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public string GetOrAdd(string name, Func<byte[]> make)
    {
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path))
        {
            var content = make();
            try
            {
                Directory.CreateDirectory(Folder);
                AtomicFile.Write(path, stream => stream.Write(content));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new IOException($"The cache folder {Folder} cannot be written ({error.Message}). Set {FolderVariable} to a folder that can.", error);
            }
        }

        return path;
    }
}
