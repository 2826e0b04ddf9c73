using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>Where files are made before they are stored; on the same disk as the embedded clip store. Emptied at the start.</summary>
internal sealed class Scratch
{
    private readonly string folder;

    public Scratch(string folder)
    {
        this.folder = folder;
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
    }

    /// <summary>A fresh folder that is deleted with all that is left in it.</summary>
    public ScratchFolder NewFolder() => new(Path.Combine(folder, JobId.New()));
}

/// <summary>A folder for one piece of work.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder(string path)
    {
        Path = path;
        Directory.CreateDirectory(path);
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
