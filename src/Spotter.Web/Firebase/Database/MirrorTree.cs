using System.Globalization;
using System.Text.Json.Nodes;

namespace Spotter.Web.Firebase.Database;

/// <summary>A copy of a node, kept by applying what an event stream tells. Empty nodes do not exist, and arrays are objects with numbers for keys.</summary>
internal sealed class MirrorTree
{
    private JsonNode? root;

    /// <summary>The children of the node by key; empty where it has none.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Children => (root as JsonObject) ?? [];

    /// <summary>Applies an event; keep-alives change nothing.</summary>
    /// <returns>Whether it may have changed something.</returns>
    public bool Apply(DatabaseEvent told)
    {
        switch (told.Kind)
        {
            case DatabaseEventKind.Put:
                Put(told.Path, told.Data);
                return true;
            case DatabaseEventKind.Patch when told.Data is JsonObject children:
                foreach (var (key, value) in children)
                {
                    Put($"{told.Path}/{key}", value);
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>Replaces everything.</summary>
    public void Reset(JsonNode? value) => Put("/", value);

    private void Put(string path, JsonNode? value) =>
        root = Replace(root, path.Split('/', StringSplitOptions.RemoveEmptyEntries), Plain(value));

    private static JsonNode? Replace(JsonNode? node, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (path.IsEmpty)
        {
            return value;
        }

        var children = node as JsonObject ?? [];
        children.Remove(path[0], out var old);
        if (Replace(old, path[1..], value) is { } child)
        {
            children[path[0]] = child;
        }

        return children.Count == 0 ? null : children;
    }

    /// <summary>A copy without arrays, nulls and empty nodes.</summary>
    private static JsonNode? Plain(JsonNode? value)
    {
        IEnumerable<KeyValuePair<string, JsonNode?>> children;
        switch (value)
        {
            case JsonObject named:
                children = named;
                break;
            case JsonArray listed:
                children = listed.Select((item, index) => KeyValuePair.Create(index.ToString(CultureInfo.InvariantCulture), item));
                break;
            default:
                return value?.DeepClone();
        }

        var plain = new JsonObject(children.Select(child => KeyValuePair.Create(child.Key, Plain(child.Value))).Where(child => child.Value is not null));
        return plain.Count == 0 ? null : plain;
    }
}
