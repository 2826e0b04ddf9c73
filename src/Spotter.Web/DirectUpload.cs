using System.Text.Json;

namespace Spotter.Web;

/// <summary>
/// Lets browsers send clips straight to Firebase Storage, as a person whom Firebase knows by an id only; the server then looks at what arrived. What is here
/// is told to every browser: nothing of it is secret.
/// </summary>
public sealed record DirectUpload
{
    /// <summary>Environment variable with the web app's settings as the Firebase console shows them, in JSON.</summary>
    public const string ConfigVariable = "FIREBASE_WEBAPP_CONFIG";

    private const string Services = "https://identitytoolkit.googleapis.com https://securetoken.googleapis.com https://firebasestorage.googleapis.com";

    /// <summary>Names the project to Google's sign-in.</summary>
    public required string ApiKey { get; init; }

    /// <summary>The project.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The bucket; the one that the server reads clips from.</summary>
    public required string StorageBucket { get; init; }

    /// <summary>The web app in the project; null where the settings do not name it.</summary>
    public string? AppId { get; init; }

    /// <summary>Host and port of a Storage emulator; null for none.</summary>
    public string? StorageEmulator { get; init; }

    /// <summary>The hosts that a page must be allowed to reach.</summary>
    internal string Hosts => StorageEmulator is null ? Services : $"{Services} http://{StorageEmulator}";

    /// <summary>Reads the settings from the environment; null where there are none.</summary>
    /// <param name="bucket">The bucket of the back end.</param>
    /// <param name="storageEmulator">The back end's emulator; null for none.</param>
    /// <param name="environment">Reads an environment variable; null for the process's own.</param>
    /// <exception cref="ArgumentException">They are no settings of a web app, or of another project.</exception>
    public static DirectUpload? Read(string bucket, string? storageEmulator, Func<string, string?>? environment = null)
    {
        if ((environment ?? Environment.GetEnvironmentVariable)(ConfigVariable) is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            var settings = JsonSerializer.Deserialize<DirectUpload>(text, JsonSerializerOptions.Web)! with { StorageEmulator = storageEmulator };
            return settings.StorageBucket == bucket
                ? settings
                : throw new ArgumentException($"{ConfigVariable} names the bucket {settings.StorageBucket}, but the back end keeps clips in {bucket}. Both must be the same.");
        }
        catch (JsonException e)
        {
            throw new ArgumentException(
                $"{ConfigVariable} must hold the settings of a web app in JSON, with apiKey, projectId and storageBucket, as the Firebase console shows them (Project settings, Your apps).", e);
        }
    }

    /// <summary>For the page.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
