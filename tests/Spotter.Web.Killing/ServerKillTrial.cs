using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Spotter.Web.Jobs;

namespace Spotter.Web.Killing;

/// <summary>
/// The server of one machine, killed at random moments while it takes and judges clips. Afterwards every clip must have been judged, and none a second time that anybody could see.
/// </summary>
/// <param name="clip">The clip that is handed in again and again.</param>
/// <param name="clips">How often.</param>
/// <param name="longestLife">Longest time between a start, or the beginning of work, and a blow.</param>
/// <param name="folder">Data folder of the server.</param>
/// <param name="seed">Decides when it is hit.</param>
internal sealed class ServerKillTrial(byte[] clip, int clips, TimeSpan longestLife, string folder, int seed)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly Random random = new(seed);
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Attempt, DateTime Written)> reports = new(StringComparer.Ordinal);
    private readonly List<string> violations = [];
    private int setAside;

    private string Clips => Path.Combine(folder, "clips");

    /// <summary>Kills it so many times, and then lets it finish.</summary>
    public async Task<ServerKillResult> RunAsync(int blows)
    {
        var (clock, hits) = (Stopwatch.StartNew(), 0);
        for (var blow = 0; blow < blows; blow++)
        {
            using var server = await ServedProcess.StartAsync(folder);
            // All clips are handed in by half of the blows.
            var uploading = UploadAsync(server, Math.Min(clips, (blow * clips / Math.Max(1, blows / 2)) + 1));
            // Every second blow falls at any moment after the start, the others once something is being judged, however long that takes to begin.
            if (blow % 2 == 1)
            {
                await server.BusyAsync();
            }

            await Task.Delay(random.NextDouble() * longestLife);
            server.Kill();
            await uploading;
            hits += Check();
        }

        using (var server = await ServedProcess.StartAsync(folder))
        {
            await UploadAsync(server, clips);
            await FinishAsync(server);
            Check();
        }

        var folders = Directory.GetDirectories(Clips).Length;
        if (folders != clips || ids.Values.Distinct(StringComparer.Ordinal).Count() != clips || reports.Count != clips)
        {
            violations.Add($"{clips} clips gave {ids.Values.Distinct(StringComparer.Ordinal).Count()} jobs, {reports.Count} results and {folders} folders");
        }

        return new ServerKillResult(blows, hits, reports.Count, setAside, clock.Elapsed.TotalSeconds, violations);
    }

    // The reply may be lost with the server: the same key is used again after the next start, and must name the same clip.
    private async Task UploadAsync(ServedProcess server, int count)
    {
        try
        {
            for (var number = 0; number < count; number++)
            {
                var key = $"clip-{number}";
                if (!ids.ContainsKey(key))
                {
                    ids[key] = await server.UploadAsync(clip, key);
                }
            }

            // Whatever was hit three times waits for a person: here it goes on, so that there is always work to hit.
            foreach (var id in ids.Values)
            {
                await ReviveAsync(server, id);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Killed in the middle.
        }
    }

    private async Task FinishAsync(ServedProcess server)
    {
        foreach (var id in ids.Values)
        {
            while (await ReviveAsync(server, id) != "done")
            {
                await Task.Delay(Look);
            }
        }
    }

    private async Task<string> ReviveAsync(ServedProcess server, string id)
    {
        var state = await server.StateAsync(id);
        if (state == "set-aside")
        {
            using var answer = await server.Client.PostAsync($"/api/clips/{id}/retry", null);
            setAside += answer.IsSuccessStatusCode ? 1 : 0;
        }

        return state;
    }

    /// <summary>A committed result, once there, must stay the same one: anything else would be a second judgement that somebody could see.</summary>
    /// <returns>Jobs that were being done; those that an earlier blow hit count until their lease ends.</returns>
    private int Check()
    {
        var running = 0;
        using var database = new SqliteConnection($"Data Source={Path.Combine(folder, "spotter.db")};Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT id, outcome, state FROM job";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            running += (JobState)reader.GetInt32(2) == JobState.Running ? 1 : 0;
            if (reader.IsDBNull(1))
            {
                continue;
            }

            var (id, attempt) = (reader.GetString(0), System.Text.Json.Nodes.JsonNode.Parse(reader.GetString(1))!["attempt"]!.ToString());
            var report = Path.Combine(Clips, id, attempt, "report.json");
            if (!File.Exists(report))
            {
                violations.Add($"the result of {id} is gone");
                continue;
            }

            var seen = (attempt, File.GetLastWriteTimeUtc(report));
            if (!reports.TryAdd(id, seen) && reports[id] != seen)
            {
                violations.Add($"{id} had another result before");
            }
        }

        return running;
    }
}

/// <summary>How a trial went.</summary>
/// <param name="Kills">Times it was killed.</param>
/// <param name="Hits">Jobs that were being done at these moments; those that an earlier blow hit count until their lease ends.</param>
/// <param name="Judged">Clips judged in the end.</param>
/// <param name="SetAside">Times a clip was set aside after three crashes and started anew.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Violations">What must not be.</param>
internal sealed record ServerKillResult(int Kills, int Hits, int Judged, int SetAside, double Seconds, IReadOnlyList<string> Violations);
