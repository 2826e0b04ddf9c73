using Spotter.Web.Embedded;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Storage;
using Spotter.Web.Jobs;
using Spotter.Web.Postgres;

namespace Spotter.Web.Killing;

/// <summary>A back end that worker processes can be told of.</summary>
/// <param name="Kind">Its kind, as <c>--backend</c> names it.</param>
/// <param name="Address">Address of the database; for Firebase, host and port of what stands in for it.</param>
/// <param name="Clips">Folder for clips; for Firebase also <c>gs://BUCKET@HOST:PORT</c>, a bucket of what stands in for Storage.</param>
internal sealed record KillPlace(string Kind, string Address, string Clips)
{
    public const string Postgres = "postgres";
    public const string Firebase = "firebase";

    private const string BucketScheme = "gs://";

    public OpenBackEnd Open => Kind switch
    {
        Postgres => PostgresBackEnd.WithFolder(Address, Clips),
        Firebase => FirebaseBackEnd.With(Options, _ => Bucket is null ? new FileClipStore(Clips, isShared: true) : FirebaseClipStore.Open(Options)),
        _ => throw new ArgumentException($"There is no back end {Kind} to be tried.", nameof(Kind)),
    };

    private string[]? Bucket => Clips.StartsWith(BucketScheme, StringComparison.Ordinal) ? Clips[BucketScheme.Length..].Split('@') : null;

    private FirebaseOptions Options => new()
    {
        DatabaseUrl = new Uri("https://spotter-kill-default-rtdb.firebaseio.com"),
        Bucket = Bucket?[0] ?? "spotter-kill",
        DatabaseEmulator = Address,
        StorageEmulator = Bucket?[1] ?? Address,
    };
}

/// <summary>What a trial does.</summary>
/// <param name="Workers">Worker processes at the same time.</param>
/// <param name="Jobs">Jobs handed in.</param>
/// <param name="Blows">How often a worker is killed, or frozen until after its lease ran out.</param>
/// <param name="LongestPause">Longest time between two of these.</param>
/// <param name="LeaseTime">How long a worker may be silent.</param>
/// <param name="Seed">Decides who is hit and when.</param>
internal sealed record KillPlan(int Workers, int Jobs, int Blows, TimeSpan LongestPause, TimeSpan LeaseTime, int Seed)
{
    /// <summary>The policy that all processes of a trial share.</summary>
    public static JobPolicy Policy(TimeSpan leaseTime) => new() { LeaseTime = leaseTime, FirstBackOff = TimeSpan.FromSeconds(0.2), LookAgain = TimeSpan.FromSeconds(0.2) };
}

/// <summary>How a trial went.</summary>
/// <param name="Committed">Jobs whose result was committed.</param>
/// <param name="Kills">Workers killed.</param>
/// <param name="Freezes">Workers frozen until after their lease ran out, and thawed.</param>
/// <param name="Hits">Blows that fell while the worker was at its work.</param>
/// <param name="Lost">Attempts that ended without a result.</param>
/// <param name="SetAside">Times a job was set aside after three crashes and started anew.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Violations">What must not be.</param>
internal sealed record KillResult(int Committed, int Kills, int Freezes, int Hits, int Lost, int SetAside, double Seconds, IReadOnlyList<string> Violations);
