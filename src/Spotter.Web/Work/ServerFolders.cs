namespace Spotter.Web.Work;

/// <summary>Where the server keeps what, and the promise that it is alone there.</summary>
internal sealed class ServerFolders : IDisposable
{
    private readonly FileStream guard;

    /// <summary>Takes a data folder for this process.</summary>
    /// <exception cref="IOException">Another server uses it, or it cannot be written.</exception>
    public ServerFolders(string root)
    {
        Root = Path.GetFullPath(root);
        PrivateFolder.Make(Root);
        try
        {
            guard = new FileStream(Path.Combine(Root, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"The data folder {Root} is used by another Spotter, or cannot be written. Stop that one, or give another folder with --data.", e);
        }
    }

    public string Root { get; }

    public string ScratchFolder => Path.Combine(Root, "scratch");

    public string Keys => Path.Combine(Root, "keys");

    public string Packs => Path.Combine(Root, "packs");

    public void Dispose() => guard.Dispose();
}
