namespace Spotter.Web.Work;

/// <summary>Folders that no other user of the machine can look into.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode ForOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder for this user alone; one that is there keeps its rights.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder); // what lies in a user's own folders is theirs alone
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Whether other users of the machine, beyond the folder's group, can look into it: by its own rights, and by those of all folders above.</summary>
    public static bool IsOpenToOthers(string folder)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(folder) & ForOthers) == UnixFileMode.None)
        {
            return false;
        }

        for (var above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if (!File.GetUnixFileMode(above).HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }
}
