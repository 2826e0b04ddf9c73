using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>A folder for one worker process beside those of others. It goes with the process; what a killed one left goes with the next.</summary>
internal sealed class WorkerFolder : IDisposable
{
    private const string Guard = "in-use";

    private readonly FileStream guard;

    /// <summary>Makes a folder.</summary>
    /// <param name="parent">Where.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public WorkerFolder(string parent)
    {
        Directory.CreateDirectory(parent);
        foreach (var left in Directory.EnumerateDirectories(parent))
        {
            RemoveLeft(left);
        }

        // The guard is taken before the folder has its name, so that nobody finds the folder without it.
        var name = JobId.New();
        var hidden = System.IO.Path.Combine(parent, "." + name);
        PrivateFolder.Make(hidden);
        guard = Take(hidden, FileMode.CreateNew);
        Path = System.IO.Path.Combine(parent, name);
        Directory.Move(hidden, Path);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where files are made before they are stored.</summary>
    public string Scratch => System.IO.Path.Combine(Path, "scratch");

    public void Dispose()
    {
        guard.Dispose();
        Remove(Path);
    }

    private static void RemoveLeft(string folder)
    {
        if (!JobId.IsValid(System.IO.Path.GetFileName(folder)))
        {
            return;
        }

        try
        {
            using var taken = Take(folder, FileMode.Open);
            Remove(folder);
        }
        catch (IOException)
        {
            // Somebody works there, or cleans up just now.
        }
    }

    private static FileStream Take(string folder, FileMode mode) => new(System.IO.Path.Combine(folder, Guard), mode, FileAccess.ReadWrite, FileShare.None);

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
