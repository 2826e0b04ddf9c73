using System.Globalization;
using System.Text.Json.Nodes;
using Spotter.Web.Firebase;
using Spotter.Web.Firebase.Database;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>
/// The server of the tests does what Google's own client does with the same operations: null removal, arrays, order and limits, sums, multi-path updates,
/// keys that are not allowed. Random sequences go over HTTP through our client; set SPOTTER_SEED to repeat one.
/// </summary>
public sealed class ServerAgainstGoogleTests
{
    private const int Sequences = 100;
    private const int Steps = 60;

    [Fact]
    public async Task Sequences_Random_GiveWhatGooglesClientGives()
    {
        using var oracle = new GoogleOracle();
        await using var database = await TestDatabase.StartAsync();
        var fixedSeed = int.TryParse(Environment.GetEnvironmentVariable("SPOTTER_SEED"), CultureInfo.InvariantCulture, out var given);
        var refused = 0;
        for (var sequence = 0; sequence < (fixedSeed ? 1 : Sequences); sequence++)
        {
            var seed = fixedSeed ? given : Random.Shared.Next();
            var steps = new RandomSteps(seed).Take(Steps);
            var expected = await oracle.RunAsync(steps);
            await database.Client.DeleteAsync(database.Root);
            for (var i = 0; i < steps.Count; i++)
            {
                var result = await ApplyAsync(database, steps[i]!.AsObject());
                refused += result.ContainsKey("error") ? 1 : 0;
                Assert.True(IsSame(expected[i]!.AsObject(), result), $"seed {seed}, step {i}: {steps[i]!.ToJsonString()}\nGoogle: {expected[i]!.ToJsonString()}\nserver: {result.ToJsonString()}");
            }
        }

        Assert.True(fixedSeed || refused > 20, "the sequences hardly contain anything that is refused");
    }

    [Fact]
    public async Task PushId_BesideGoogles_SortsByTime()
    {
        using var oracle = new GoogleOracle();
        var ours = new PushId();
        var step = new JsonArray(new JsonObject { ["do"] = "push", ["path"] = "x" });
        for (var i = 0; i < 5; i++)
        {
            var before = ours.Next(DateTimeOffset.UtcNow);
            await Task.Delay(3);
            var google = (await oracle.RunAsync(step.DeepClone().AsArray()))[0]!["value"]!.GetValue<string>();
            await Task.Delay(3);
            var after = ours.Next(DateTimeOffset.UtcNow);

            Assert.Equal(google.Length, before.Length);
            Assert.True(string.CompareOrdinal(before, google) < 0 && string.CompareOrdinal(google, after) < 0, $"{before} {google} {after}");
        }
    }

    private static bool IsSame(JsonObject expected, JsonObject result) => expected.ContainsKey("error")
        ? result.ContainsKey("error")
        : !result.ContainsKey("error") && JsonNode.DeepEquals(expected["value"], result["value"])
            && (result["order"] is null || JsonNode.DeepEquals(expected["order"], result["order"]));

    private static async Task<JsonObject> ApplyAsync(TestDatabase database, JsonObject step)
    {
        try
        {
            var path = step["path"]!.GetValue<string>().Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(database.Root, (parent, key) => parent.Child(key));
            switch (step["do"]!.GetValue<string>())
            {
                case "put":
                    await database.Client.PutAsync(path, step["value"]?.DeepClone());
                    return [];
                case "patch":
                    await database.Client.PatchAsync(path, step["value"]!.DeepClone().AsObject().Select(child => KeyValuePair.Create(child.Key, child.Value?.DeepClone())));
                    return [];
                case "get":
                    return new JsonObject { ["value"] = (await database.Client.GetAsync(path))?.DeepClone() };
                default:
                    return await QueryAsync(database, path, step);
            }
        }
        catch (Exception e) when (e is ArgumentException or FirebaseException { Status: System.Net.HttpStatusCode.BadRequest })
        {
            return new JsonObject { ["error"] = e.Message };
        }
    }

    private static async Task<JsonObject> QueryAsync(TestDatabase database, DatabasePath path, JsonObject step)
    {
        var query = new DatabaseQuery
        {
            OrderBy = step["orderBy"]!.GetValue<string>(),
            StartAt = step["startAt"]?.AsValue(),
            EndAt = step["endAt"]?.AsValue(),
            EqualTo = step["equalTo"]?.AsValue(),
            LimitToFirst = step["limitToFirst"]?.GetValue<int>(),
            LimitToLast = step["limitToLast"]?.GetValue<int>(),
        };
        database.ForgetIndexes();
        return new JsonObject { ["value"] = (await database.Client.GetAsync(path, query))?.DeepClone(), ["order"] = database.OrderOf(path, step) };
    }
}
