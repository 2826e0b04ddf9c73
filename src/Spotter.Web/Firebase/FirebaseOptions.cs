using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spotter.Web.Firebase;

/// <summary>Which Firebase project is used, and who one is there.</summary>
public sealed record FirebaseOptions
{
    /// <summary>Environment variable with the host and port of a Realtime Database emulator.</summary>
    public const string DatabaseEmulatorVariable = "FIREBASE_DATABASE_EMULATOR_HOST";

    /// <summary>Environment variable with the host and port of a Storage emulator.</summary>
    public const string StorageEmulatorVariable = "FIREBASE_STORAGE_EMULATOR_HOST";

    /// <summary>Environment variable with the path of the service account's key file.</summary>
    public const string ServiceAccountVariable = "GOOGLE_APPLICATION_CREDENTIALS";

    /// <summary>Environment variable with the project's settings, JSON or the path of a file with it, as Firebase's own libraries read it.</summary>
    public const string ConfigVariable = "FIREBASE_CONFIG";

    /// <summary>Address of the Realtime Database, such as <c>https://my-project-default-rtdb.europe-west1.firebasedatabase.app</c>.</summary>
    public required Uri DatabaseUrl { get; init; }

    /// <summary>The Cloud Storage bucket for clips and results, such as <c>my-project.firebasestorage.app</c>.</summary>
    public required string Bucket { get; init; }

    /// <summary>The node of the database below which everything of Spotter lies, so that a project can hold other things.</summary>
    public string Root { get; init; } = "spotter";

    /// <summary>Key file of a service account; null to use what the machine offers (Cloud Run, Compute Engine, the tool gcloud).</summary>
    public string? ServiceAccountFile { get; init; }

    /// <summary>Host and port of a Realtime Database emulator, used instead of the project's database; null for none.</summary>
    public string? DatabaseEmulator { get; init; }

    /// <summary>Host and port of a Storage emulator, used instead of the project's bucket; null for none.</summary>
    public string? StorageEmulator { get; init; }

    /// <summary>Where requests for the database go: the project's address, or the emulator.</summary>
    public Uri DatabaseEndpoint => DatabaseEmulator is null ? DatabaseUrl : EmulatorAddress(DatabaseEmulator, DatabaseEmulatorVariable);

    /// <summary>Name of the database, which an emulator wants to be told: the first part of the host.</summary>
    public string DatabaseName => DatabaseUrl.Host.Split('.')[0];

    /// <summary>Where requests for the Storage emulator go; null where the real bucket is used.</summary>
    public Uri? StorageEmulatorEndpoint => StorageEmulator is null ? null : EmulatorAddress(StorageEmulator, StorageEmulatorVariable);

    /// <summary>Puts the options together from what was said and what the environment says.</summary>
    /// <param name="databaseUrl">Address of the database; null to take it from <see cref="ConfigVariable"/>.</param>
    /// <param name="bucket">The bucket; null to take it from <see cref="ConfigVariable"/>.</param>
    /// <param name="serviceAccountFile">Key file; null to take <see cref="ServiceAccountVariable"/>.</param>
    /// <param name="environment">Reads an environment variable; null for the process's own.</param>
    /// <exception cref="ArgumentException">Something is missing or has the wrong form; the message says what to do.</exception>
    public static FirebaseOptions Read(
        string? databaseUrl = null, string? bucket = null, string? serviceAccountFile = null, Func<string, string?>? environment = null)
    {
        string? Variable(string name) => (environment ?? Environment.GetEnvironmentVariable)(name) is { Length: > 0 } value ? value : null;

        var config = Config(Variable(ConfigVariable));
        var address = databaseUrl ?? config?["databaseURL"]?.ToString()
            ?? throw new ArgumentException("The Firebase back end needs the address of the Realtime Database. Give it with --firebase-database, as the Firebase console shows it.");
        var options = new FirebaseOptions
        {
            DatabaseUrl = Uri.TryCreate(address, UriKind.Absolute, out var url) ? url : throw WrongUrl(address),
            Bucket = bucket ?? config?["storageBucket"]?.ToString()
                ?? throw new ArgumentException("The Firebase back end needs the name of the Storage bucket. Give it with --firebase-bucket, as the Firebase console shows it."),
            ServiceAccountFile = serviceAccountFile ?? Variable(ServiceAccountVariable),
            DatabaseEmulator = Variable(DatabaseEmulatorVariable),
            StorageEmulator = Variable(StorageEmulatorVariable),
        };
        options.Check();
        return options;
    }

    /// <summary>Holds the options against each other.</summary>
    /// <exception cref="ArgumentException">Something is missing or has the wrong form; the message says what to do.</exception>
    public void Check()
    {
        if (!DatabaseUrl.IsAbsoluteUri || DatabaseUrl.Scheme is not ("https" or "http") || DatabaseUrl.PathAndQuery != "/")
        {
            throw WrongUrl(DatabaseUrl.OriginalString);
        }

        if (DatabaseUrl.Scheme != Uri.UriSchemeHttps && !DatabaseUrl.IsLoopback && DatabaseEmulator is null)
        {
            throw new ArgumentException($"{DatabaseUrl} would send the access token in the clear. Use the https address.");
        }

        if (Bucket.Length == 0 || Bucket.Contains('/') || Bucket.Contains(':'))
        {
            throw new ArgumentException($"'{Bucket}' is no name of a bucket. Give the plain name, such as my-project.firebasestorage.app, without gs://.");
        }

        if (ServiceAccountFile is not null && (DatabaseEmulator is null || StorageEmulator is null) && !File.Exists(ServiceAccountFile))
        {
            throw new ArgumentException(
                $"The service account's key file {ServiceAccountFile} does not exist. Make one in the Firebase console (Project settings, Service accounts) and name it in {ServiceAccountVariable}.");
        }

        if (DatabaseEmulator is null != StorageEmulator is null)
        {
            var (set, unset) = DatabaseEmulator is null ? (StorageEmulatorVariable, DatabaseEmulatorVariable) : (DatabaseEmulatorVariable, StorageEmulatorVariable);
            throw new ArgumentException($"{set} is set and {unset} is not, so jobs and clips would go to different places. Set both, or none.");
        }

        _ = (DatabaseEndpoint, StorageEmulatorEndpoint);
    }

    private static JsonNode? Config(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text.TrimStart().StartsWith('{') ? text : File.ReadAllText(text));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"{ConfigVariable} is neither JSON nor a file with JSON: {e.Message}", e);
        }
    }

    private static Uri EmulatorAddress(string host, string variable) =>
        !host.Contains('/') && Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var address)
            ? address
            : throw new ArgumentException($"{variable} is '{host}', but must be a host and a port, such as 127.0.0.1:9000, without http://.");

    private static ArgumentException WrongUrl(string text) => new(
        $"'{text}' is no address of a Realtime Database. It looks like https://my-project-default-rtdb.europe-west1.firebasedatabase.app, with nothing behind the host.");
}
