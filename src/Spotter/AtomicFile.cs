namespace Spotter;

/// <summary>Writes files so that the target is either the old file or the whole new one, never half of it.</summary>
public static class AtomicFile
{
    /// <summary>Writes under a temporary name in the target's folder, then renames; on any error the temporary file is deleted.</summary>
    /// <param name="path">The target; its folder is made where it is missing. An existing file is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written, for instance because the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Deletes what writes of this target left behind that were killed; only for targets that no other process writes at the time.</summary>
    /// <param name="path">The target; it stays as it is.</param>
    public static void RemoveLeftovers(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is { } folder && Directory.Exists(folder))
        {
            foreach (var left in Directory.EnumerateFiles(folder, $".{Path.GetFileName(full)}.*.tmp"))
            {
                File.Delete(left);
            }
        }
    }

    /// <summary>Writes a text file in UTF-8.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteAllText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
