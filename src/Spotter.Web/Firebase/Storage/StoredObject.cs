using System.Globalization;
using System.Text.Json;

namespace Spotter.Web.Firebase.Storage;

/// <summary>What Cloud Storage tells about an object.</summary>
/// <param name="Name">Its name in the bucket.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Checksum">See <see cref="Crc32C.Text"/>.</param>
/// <param name="Generation">Which of the contents that the name has had.</param>
/// <param name="Created">When it was stored.</param>
/// <param name="Metadata">What those who stored it noted with it.</param>
internal sealed record StoredObject(string Name, long Size, string Checksum, string Generation, DateTimeOffset Created, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Reads the service's description.</summary>
    public static StoredObject Parse(JsonElement description) => new(
        Text(description, "name"),
        long.Parse(Text(description, "size"), CultureInfo.InvariantCulture),
        Text(description, "crc32c"),
        Text(description, "generation"),
        description.GetProperty("timeCreated").GetDateTimeOffset(),
        description.TryGetProperty("metadata", out var metadata)
            ? metadata.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "", StringComparer.Ordinal)
            : []);

    private static string Text(JsonElement description, string name) => description.GetProperty(name).GetString()!;
}
