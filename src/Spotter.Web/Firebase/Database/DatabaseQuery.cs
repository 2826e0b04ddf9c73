using System.Globalization;
using System.Text.Json.Nodes;

namespace Spotter.Web.Firebase.Database;

/// <summary>
/// Which children of a node to read. Bounds and limits need an order; an order by a child needs an index in the rules (<c>.indexOn</c>). The answer comes as an
/// object without order: sort it again.
/// </summary>
public sealed record DatabaseQuery
{
    /// <summary>Order by the children's own keys.</summary>
    public const string ByKey = "$key";

    /// <summary>Order by the children's own values.</summary>
    public const string ByValue = "$value";

    /// <summary><see cref="ByKey"/>, <see cref="ByValue"/> or the path of a child's child.</summary>
    public required string OrderBy { get; init; }

    /// <summary>Only children from this value on; null for all.</summary>
    public JsonValue? StartAt { get; init; }

    /// <summary>Only children up to this value; null for all.</summary>
    public JsonValue? EndAt { get; init; }

    /// <summary>Only children of this value; null for all.</summary>
    public JsonValue? EqualTo { get; init; }

    /// <summary>Only so many from the start; null for all.</summary>
    public int? LimitToFirst { get; init; }

    /// <summary>Only so many before the end; null for all.</summary>
    public int? LimitToLast { get; init; }

    /// <summary>The query as the REST protocol writes it.</summary>
    internal IEnumerable<string> ToParameters()
    {
        yield return Parameter("orderBy", JsonValue.Create(OrderBy));
        foreach (var (name, value) in new[] { ("startAt", StartAt), ("endAt", EndAt), ("equalTo", EqualTo) })
        {
            if (value is not null)
            {
                yield return Parameter(name, value);
            }
        }

        foreach (var (name, limit) in new[] { ("limitToFirst", LimitToFirst), ("limitToLast", LimitToLast) })
        {
            if (limit is { } most)
            {
                yield return name + "=" + most.ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private static string Parameter(string name, JsonNode value) => name + "=" + Uri.EscapeDataString(value.ToJsonString());
}
