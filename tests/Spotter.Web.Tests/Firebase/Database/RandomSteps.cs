using System.Text.Json.Nodes;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>
/// Operations on a small tree, so that they meet: writes, sums, multi-path updates, reads and queries, some of them not allowed. Sums have a corner of their own,
/// where no multi-path update writes: Google's client, until it hears from the server, overlooks such updates when it adds (it shows {"c":{"c":1}} and, by adding 4,
/// makes 11 of the 7 that stood there before).
/// </summary>
internal sealed class RandomSteps(int seed)
{
    private const int Deepest = 3;
    private const string SumCorner = "sums";
    private static readonly string[] Keys = ["a", "b", "c", "Z", "_", "x y", "é", "0", "1", "2", "3", "10", "007", "-5", "2147483648", "肩"];
    private static readonly string[] Forbidden = ["a.b", "$a", "a#", "[", "a]", "a\u0007b", "\u007f"];
    private static readonly string[] Texts = ["", "a", "b", "B", "10", "9", "é", "肩", "😀"];

    private readonly Random random = new(seed);

    public JsonArray Take(int count) => [.. Enumerable.Range(0, count).Select(_ => (JsonNode)Next())];

    private JsonObject Next() => random.Next(10) switch
    {
        < 1 => new JsonObject { ["do"] = "put", ["path"] = $"{SumCorner}/{Keys[random.Next(3)]}", ["value"] = Sum() },
        < 3 => new JsonObject { ["do"] = "put", ["path"] = Place(0), ["value"] = Value(0) },
        < 5 => new JsonObject { ["do"] = "patch", ["path"] = Place(0), ["value"] = Children() },
        < 6 => new JsonObject { ["do"] = "get", ["path"] = Place(0) },
        _ => Query(),
    };

    private string Key() => random.Next(40) == 0 ? Forbidden[random.Next(Forbidden.Length)] : Keys[random.Next(Keys.Length)];

    private string Place(int least) => string.Join('/', Enumerable.Range(0, random.Next(least, Deepest)).Select(_ => Keys[random.Next(random.Next(2) == 0 ? 3 : Keys.Length)]));

    private JsonObject Children()
    {
        var children = new JsonObject();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            children[random.Next(40) == 0 ? Key() : Place(1)] = Value(1);
        }

        return children;
    }

    private JsonNode? Sum() => random.Next(4) switch
    {
        0 => null,
        1 => random.Next(100),
        _ => new JsonObject { [".sv"] = new JsonObject { ["increment"] = random.Next(-2, 5) + (random.Next(3) * 0.5) } },
    };

    private JsonNode? Value(int depth) => random.Next(depth < Deepest ? 9 : 5) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-3, 12),
        3 => Math.Round(random.NextDouble() * 10, 2),
        4 => Texts[random.Next(Texts.Length)],
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(6)).Select(_ => Key()).Distinct(StringComparer.Ordinal).Select(key => KeyValuePair.Create(key, Value(depth + 1)))),
    };

    private JsonObject Query()
    {
        var step = new JsonObject { ["do"] = "query", ["path"] = Place(0) };
        var byKey = random.Next(3) == 0;
        step["orderBy"] = byKey ? "$key" : random.Next(2) == 0 ? "$value" : Place(1);
        if (random.Next(5) == 0)
        {
            step["equalTo"] = Bound(byKey);
        }
        else
        {
            Maybe(step, "startAt", () => Bound(byKey));
            Maybe(step, "endAt", () => Bound(byKey));
        }

        if (random.Next(2) == 0)
        {
            step[random.Next(2) == 0 ? "limitToFirst" : "limitToLast"] = random.Next(1, 5);
        }

        return step;
    }

    private void Maybe(JsonObject step, string name, Func<JsonNode> bound)
    {
        if (random.Next(3) == 0)
        {
            step[name] = bound();
        }
    }

    private JsonNode Bound(bool byKey) => byKey ? Keys[random.Next(Keys.Length)] : random.Next(4) switch
    {
        0 => random.Next(2) == 0,
        1 => Texts[random.Next(Texts.Length)],
        _ => random.Next(-3, 12),
    };
}
