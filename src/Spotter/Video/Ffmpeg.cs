namespace Spotter.Video;

/// <summary>Where the ffmpeg programs are on this machine.</summary>
public static class Ffmpeg
{
    private static readonly (string Manager, string Command)[] Installers =
    [
        ("apt-get", "sudo apt-get install -y ffmpeg"),
        ("dnf", "sudo dnf install -y ffmpeg-free"),
        ("pacman", "sudo pacman -S --noconfirm ffmpeg"),
        ("zypper", "sudo zypper install -y ffmpeg"),
        ("apk", "sudo apk add ffmpeg"),
        ("brew", "brew install ffmpeg"),
    ];

    /// <summary>The command that installs ffmpeg with this system's package manager.</summary>
    public static string InstallCommand =>
        Installers.FirstOrDefault(installer => OnPath(installer.Manager) is not null, Installers[0]).Command;

    /// <summary>Whether the programs are run where there is no network, which this system may forbid; they are told to open files and pipes only in any case.</summary>
    public static bool IsCutOff => ResourceLimits.HaveNoNetwork;

    /// <summary>Whether the programs are run with limits on memory and processor time, which <c>prlimit</c> (util-linux) sets.</summary>
    public static bool IsLimited => OnPath("prlimit") is not null;

    /// <summary>Full path of <c>ffmpeg</c> or <c>ffprobe</c>.</summary>
    /// <param name="program">Name of the program.</param>
    /// <param name="folder">Folder to look in; null for the PATH.</param>
    /// <exception cref="MissingToolException">It is not installed; the message holds the command that installs it.</exception>
    public static string Find(string program, string? folder = null)
    {
        var found = folder is null ? OnPath(program) : Existing(Path.Combine(folder, program));
        return found ?? throw new MissingToolException(
            $"{program} is not installed{(folder is null ? "" : $" in {folder}")}, and clips cannot be read or written without it. Install it with: {InstallCommand}", program);
    }

    /// <summary>Full path of a program on the PATH; null where it is missing.</summary>
    internal static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Existing(Path.Combine(folder, program)))
            .FirstOrDefault(found => found is not null);

    private static string? Existing(string path) => File.Exists(path) ? Path.GetFullPath(path) : null;
}
