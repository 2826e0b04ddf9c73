using System.Globalization;
using System.Text.Json.Nodes;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>A query as the test database runs it.</summary>
internal sealed record DataQuery(string OrderBy)
{
    public DataNode? StartAt { get; init; }

    public DataNode? EndAt { get; init; }

    public int? First { get; init; }

    public int? Last { get; init; }

    /// <summary>Reads a query from the parameters of a request; null where there is none.</summary>
    /// <exception cref="FormatException">It is none that the server takes.</exception>
    public static DataQuery? Read(Func<string, string?> parameter)
    {
        string[] others = ["startAt", "endAt", "equalTo", "limitToFirst", "limitToLast"];
        if (parameter("orderBy") is not { } order)
        {
            return others.Any(name => parameter(name) is not null) ? throw new FormatException("orderBy must be defined when other query parameters are defined") : null;
        }

        DataNode? Bound(string name) => parameter(name) is { } text ? DataNode.Read(JsonNode.Parse(text), default, DataNode.Nothing) : null;

        int? Limit(string name) => parameter(name) is not { } text ? null
            : int.TryParse(text, CultureInfo.InvariantCulture, out var most) && most > 0 ? most : throw new FormatException($"{name} must be a positive integer");

        var equal = Bound("equalTo");
        var query = new DataQuery(JsonNode.Parse(order)!.GetValue<string>())
        {
            StartAt = equal ?? Bound("startAt"),
            EndAt = equal ?? Bound("endAt"),
            First = Limit("limitToFirst"),
            Last = Limit("limitToLast"),
        };
        if ((query.First is not null && query.Last is not null) || (equal is not null && (Bound("startAt") ?? Bound("endAt")) is not null))
        {
            throw new FormatException("these query parameters cannot be combined");
        }

        return query.OrderBy == "$key" && new[] { query.StartAt, query.EndAt }.Any(bound => bound is not null and not { Leaf: string })
            ? throw new FormatException("the bounds of a query ordered by $key are texts")
            : query;
    }

    /// <summary>The children that the query finds, in its order; a leaf has none.</summary>
    public IReadOnlyList<KeyValuePair<string, DataNode>> Find(DataNode node)
    {
        var found = node.Children.ToList();
        found.Sort(Compare);
        found.RemoveAll(child => (StartAt is not null && CompareToBound(child, StartAt) < 0) || (EndAt is not null && CompareToBound(child, EndAt) > 0));
        return First is { } first ? found.Take(first).ToList() : Last is { } last ? found.TakeLast(last).ToList() : found;
    }

    /// <summary>What the query leaves of a node.</summary>
    public DataNode Filter(DataNode node) => node.Leaf is not null && (StartAt ?? EndAt) is null && First is null && Last is null ? node : DataNode.Of(Find(node));

    private int Compare(KeyValuePair<string, DataNode> x, KeyValuePair<string, DataNode> y)
    {
        var byValue = OrderBy == "$key" ? 0 : ValueOrder.Compare(Value(x.Value), Value(y.Value));
        return byValue != 0 ? byValue : KeyOrder.Instance.Compare(x.Key, y.Key);
    }

    private int CompareToBound(KeyValuePair<string, DataNode> child, DataNode bound) =>
        OrderBy == "$key" ? KeyOrder.Instance.Compare(child.Key, (string)bound.Leaf!) : ValueOrder.Compare(Value(child.Value), bound);

    private DataNode Value(DataNode child) => OrderBy switch
    {
        "$value" => child,
        "$key" => DataNode.Nothing,
        _ => child.At(OrderBy.Split('/')),
    };
}
