using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>A value in the tree of the test database: nothing, a leaf (bool, double or string) or children by key. Never changes.</summary>
internal sealed class DataNode
{
    public static readonly DataNode Nothing = new(null, ImmutableSortedDictionary.Create<string, DataNode>(KeyOrder.Instance));

    private DataNode(object? leaf, ImmutableSortedDictionary<string, DataNode> children) => (Leaf, Children) = (leaf, children);

    public object? Leaf { get; }

    public ImmutableSortedDictionary<string, DataNode> Children { get; }

    public bool IsNothing => Leaf is null && Children.IsEmpty;

    public string Tag => IsNothing ? "null_etag" : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson()!.ToJsonString())));

    public DataNode this[string key] => Children.GetValueOrDefault(key, Nothing);

    public static DataNode Of(object leaf) => new(leaf, Nothing.Children);

    public static DataNode Of(IEnumerable<KeyValuePair<string, DataNode>> children) =>
        new(null, Nothing.Children.AddRange(children.Where(child => !child.Value.IsNothing)));

    public DataNode At(IEnumerable<string> path) => path.Aggregate(this, (node, key) => node[key]);

    /// <summary>The tree with another value at a place. What stood in the way goes, and nodes without children do not exist.</summary>
    public DataNode With(ReadOnlySpan<string> path, DataNode value)
    {
        if (path.IsEmpty)
        {
            return value;
        }

        // Deleting below a leaf leaves it alone.
        if (value.IsNothing && Leaf is not null)
        {
            return this;
        }

        var child = this[path[0]].With(path[1..], value);
        return new DataNode(null, child.IsNothing ? Children.Remove(path[0]) : Children.SetItem(path[0], child));
    }

    /// <summary>Reads a value as a client sends it.</summary>
    /// <param name="json">The value; may hold placeholders for the server's time and for sums.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="old">What stands there now.</param>
    /// <exception cref="FormatException">A key is not allowed.</exception>
    public static DataNode Read(JsonNode? json, DateTimeOffset now, DataNode old)
    {
        switch (json)
        {
            case null:
                return Nothing;
            case JsonArray items:
                return Of(items.Select((item, index) => Child(index.ToString(CultureInfo.InvariantCulture), item)));
            case JsonObject children when children.Count == 1 && children.ContainsKey(".sv"):
                return Of(Resolve(children[".sv"]!, now, old));
            case JsonObject children:
                return Of(children.Select(child => Child(child.Key, child.Value)).ToList());
            default:
                return json.GetValueKind() switch
                {
                    JsonValueKind.True => Of(true),
                    JsonValueKind.False => Of(false),
                    JsonValueKind.Number => Of(json.GetValue<double>()),
                    _ => Of(json.GetValue<string>()),
                };
        }

        KeyValuePair<string, DataNode> Child(string key, JsonNode? value) => IsKey(key)
            ? KeyValuePair.Create(key, Read(value, now, old[key]))
            : throw new FormatException($"Invalid data; couldn't parse JSON object: the key '{key}' is not allowed.");
    }

    /// <summary>The value as the server sends it: children whose keys are mostly the numbers from 0 on become an array.</summary>
    public JsonNode? ToJson()
    {
        if (IsNothing)
        {
            return null;
        }

        if (Leaf is not null)
        {
            return Leaf switch { bool truth => JsonValue.Create(truth), double number => JsonValue.Create(number), _ => JsonValue.Create((string)Leaf) };
        }

        if (Children.Keys.All(IsIndex) && Children.Keys.Max(key => double.Parse(key, CultureInfo.InvariantCulture)) is var last && last < 2 * Children.Count)
        {
            return new JsonArray([.. Enumerable.Range(0, (int)last + 1).Select(index => this[index.ToString(CultureInfo.InvariantCulture)].ToJson())]);
        }

        return new JsonObject(Children.Select(child => KeyValuePair.Create(child.Key, child.Value.ToJson())));
    }

    public static bool IsKey(string key) => key.Length > 0 && key.Length <= 768 && key.All(letter => letter >= ' ' && letter != '\u007f' && !".#$/[]".Contains(letter));

    public bool IsSameAs(DataNode other) => ReferenceEquals(this, other) || (Equals(Leaf, other.Leaf) && Children.Count == other.Children.Count
        && Children.All(child => other.Children.TryGetValue(child.Key, out var twin) && child.Value.IsSameAs(twin)));

    private static bool IsIndex(string key) => key == "0" || (key[0] is >= '1' and <= '9' && key.All(char.IsAsciiDigit));

    private static double Resolve(JsonNode placeholder, DateTimeOffset now, DataNode old) => placeholder switch
    {
        JsonValue name when name.GetValueKind() == JsonValueKind.String && name.GetValue<string>() == "timestamp" => now.ToUnixTimeMilliseconds(),
        JsonObject sum when sum["increment"] is JsonValue by => by.GetValue<double>() + (old.Leaf as double? ?? 0),
        _ => throw new FormatException("Invalid data; unknown server value."),
    };
}
