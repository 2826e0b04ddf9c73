using System.Text.Json.Nodes;

namespace Spotter.Web.Firebase.Database;

/// <summary>Placeholders that the server replaces as it writes.</summary>
public static class ServerValue
{
    /// <summary>Name of the only member of a placeholder.</summary>
    internal const string Key = ".sv";

    /// <summary>The server's time, milliseconds since 1970.</summary>
    public static JsonObject Timestamp => new() { [Key] = "timestamp" };

    /// <summary>The number that stands there, or 0, and so much more.</summary>
    public static JsonObject Increment(double by) => new() { [Key] = new JsonObject { ["increment"] = by } };

    /// <summary>Whether a value holds a placeholder anywhere.</summary>
    internal static bool IsIn(JsonNode? value) => value switch
    {
        JsonObject children => children.ContainsKey(Key) || children.Any(child => IsIn(child.Value)),
        JsonArray items => items.Any(IsIn),
        _ => false,
    };
}
