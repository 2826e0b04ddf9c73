using Spotter.Web.Clips;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;

namespace Spotter.Web;

/// <summary>How the web app runs.</summary>
public sealed record ServeOptions
{
    /// <summary>Where it listens when nothing is said: on this machine only.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Addresses to listen on.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>Folder of this server alone: the embedded back end, what coaches taught, keys.</summary>
    public required string DataFolder { get; init; }

    /// <summary>What a person must know to enter; null where only this machine can reach the server.</summary>
    public string? AccessKey { get; init; }

    /// <summary>Names by which others reach the server through a proxy on this machine; none for none.</summary>
    public IReadOnlyList<string> PublicHosts { get; init; } = [];

    /// <summary>Clips judged at the same time; 0 for a server that only takes them.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Largest clip taken, bytes.</summary>
    public long MaxClipBytes { get; init; } = ClipLimits.Bytes;

    /// <summary>Longest clip taken, seconds.</summary>
    public double MaxClipSeconds { get; init; } = ClipLimits.Seconds;

    /// <summary>Longest time one attempt at a clip may take.</summary>
    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Clips and results are deleted when they are older; null keeps them until a person deletes them.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Opens what keeps jobs and clips; without it the embedded one, in the data folder.</summary>
    public OpenBackEnd BackEnd { get; init; } = EmbeddedBackEnd.OpenAsync;

    /// <summary>Lets browsers send clips past the server, where the back end is Firebase; null sends them through it.</summary>
    public DirectUpload? DirectUpload { get; init; }

    /// <summary>How patient the job store is.</summary>
    public JobPolicy Jobs { get; init; } = new();

    /// <summary>The folder used when none is named: <c>spotter</c> where the system keeps a user's data.</summary>
    public static string DefaultDataFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "spotter");
}
