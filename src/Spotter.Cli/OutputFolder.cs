namespace Spotter.Cli;

/// <summary>Whether results can be written to a folder, found out before minutes of work rather than after.</summary>
internal static class OutputFolder
{
    /// <summary>Throws unless a file can be made in the folder; one that does not exist yet must be makeable, and is not made.</summary>
    /// <exception cref="IOException">It cannot be written to; the message says what to do.</exception>
    public static void Check(string? folder)
    {
        if (folder is null)
        {
            return;
        }

        if (File.Exists(folder))
        {
            throw new IOException($"{folder} is a file, where a folder is wanted. Give another --out.");
        }

        // A folder that is missing is made by the nearest one above that is there.
        var existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        var trial = Path.Combine(existing, $".{Guid.NewGuid():N}.tmp");
        try
        {
            File.Create(trial).Dispose();
            File.Delete(trial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{existing} may not be written to. Give another folder with --out, or use --no-video.", e);
        }
    }
}
