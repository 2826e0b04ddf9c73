using System.CommandLine;
using Spotter.Web;
using Spotter.Web.Embedded;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Storage;
using Spotter.Web.Jobs;
using Spotter.Web.Postgres;
using Spotter.Web.S3;

namespace Spotter.Cli.Commands;

/// <summary>Which back end, and where it is: by option, or by an environment variable, which other users of the machine cannot see.</summary>
internal sealed class BackEndOptions
{
    public const string Embedded = "embedded";
    public const string Firebase = "firebase";
    public const string Postgres = "postgres";

    private const string AddressVariable = "SPOTTER_POSTGRES";
    private const string ClipsVariable = "SPOTTER_CLIPS";
    private const string S3Scheme = "s3://";

    private static readonly TimeSpan RemotePause = TimeSpan.FromSeconds(2);

    private readonly Option<string> kind;
    private readonly Option<string?> address = new("--postgres")
    {
        Description = $"For postgres: the database, postgresql://user:password@host/database or Host=…;Username=…;Database=… (or the environment variable {AddressVariable}).",
        HelpName = "ADDRESS",
    };

    private readonly Option<string?> clips = new("--clips")
    {
        Description = $"For postgres: where clips and results are kept, a folder that all machines have mounted or s3://bucket/prefix (or {ClipsVariable}).",
        HelpName = "PLACE",
    };

    private readonly Option<string?> database = new("--firebase-database")
    {
        Description = $"For firebase: address of the Realtime Database (or databaseURL in {FirebaseOptions.ConfigVariable}).",
        HelpName = "URL",
    };

    private readonly Option<string?> bucket = new("--firebase-bucket")
    {
        Description = $"For firebase: name of the Storage bucket (or storageBucket in {FirebaseOptions.ConfigVariable}).",
        HelpName = "NAME",
    };

    /// <summary>Options for some kinds of back end.</summary>
    /// <param name="kinds">The kinds; the first is the default where it is the embedded one, else one must be named.</param>
    public BackEndOptions(params string[] kinds)
    {
        kind = new Option<string>("--backend") { Description = "What keeps jobs and clips.", Required = kinds[0] != Embedded };
        if (!kind.Required)
        {
            kind.DefaultValueFactory = _ => kinds[0];
        }

        kind.AcceptOnlyFromAmong(kinds);
    }

    public void AddTo(Command command)
    {
        command.Add(kind);
        foreach (var (option, _) in Places)
        {
            command.Add(option);
        }
    }

    /// <summary>The kind that was chosen.</summary>
    public string KindOf(ParseResult parsed) => parsed.GetRequiredValue(kind);

    /// <summary>How to open what was chosen.</summary>
    /// <exception cref="UsageException">Something is not said, or said for another kind.</exception>
    public OpenBackEnd Read(ParseResult parsed)
    {
        var chosen = KindOf(parsed);
        foreach (var (option, of) in Places)
        {
            if (of != chosen && parsed.GetValue(option) is not null)
            {
                throw new UsageException($"{option.Name} is for --backend {of}, and this is {chosen}.");
            }
        }

        return Checked<OpenBackEnd>(() => chosen switch
        {
            Postgres => ReadPostgres(parsed),
            Firebase => ReadFirebase(parsed),
            _ => EmbeddedBackEnd.OpenAsync,
        });
    }

    /// <summary>How browsers send clips past the server; null where they do not.</summary>
    /// <exception cref="UsageException">What the environment says about it cannot be used.</exception>
    public DirectUpload? DirectUploadOf(ParseResult parsed) => KindOf(parsed) != Firebase ? null
        : Checked(() =>
        {
            var project = ProjectOf(parsed);
            return DirectUpload.Read(project.Bucket, project.StorageEmulator);
        });

    /// <summary>How patient the job store is: over the network, progress is told less often.</summary>
    public JobPolicy PolicyOf(ParseResult parsed) => KindOf(parsed) == Embedded ? new JobPolicy() : new JobPolicy { ProgressPause = RemotePause };

    private (Option<string?> Option, string Kind)[] Places => [(address, Postgres), (clips, Postgres), (database, Firebase), (bucket, Firebase)];

    private OpenBackEnd ReadPostgres(ParseResult parsed)
    {
        var at = Said(parsed, address, AddressVariable) ?? throw Missing("the address of the database", address, AddressVariable);
        var place = Said(parsed, clips, ClipsVariable) ?? throw Missing("a place for clips that all machines reach", clips, ClipsVariable);
        if (!place.StartsWith(S3Scheme, StringComparison.Ordinal))
        {
            return PostgresBackEnd.WithFolder(at, place);
        }

        var location = S3Location.Parse(place);
        return PostgresBackEnd.With(at, setting => S3ClipStore.Open(location, setting.Time));
    }

    private OpenBackEnd ReadFirebase(ParseResult parsed)
    {
        var options = ProjectOf(parsed);
        return FirebaseBackEnd.With(options, setting => FirebaseClipStore.Open(options, setting.Time));
    }

    private FirebaseOptions ProjectOf(ParseResult parsed) => FirebaseOptions.Read(parsed.GetValue(database), parsed.GetValue(bucket));

    private static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message.Split(" (Parameter", 2)[0]);
        }
    }

    private static string? Said(ParseResult parsed, Option<string?> option, string variable) =>
        parsed.GetValue(option) ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null);

    private static UsageException Missing(string what, Option<string?> option, string variable) =>
        new($"--backend {Postgres} needs {what}: give it by {option.Name} or in the environment variable {variable}.");
}
