using System.Diagnostics;

namespace Spotter.Bench.Web;

/// <summary>Kills the server with SIGKILL at random moments while it takes and judges clips; afterwards every clip must have been judged, and none a second time.</summary>
internal static class WebKill
{
    private const int LongestLife = 10_000; // milliseconds

    public static async Task<int> RunAsync(int kills, int clips, int seed)
    {
        var data = Directory.CreateTempSubdirectory("spotter-kill-").FullName;
        var clip = await TestPicture.MakeAsync(Path.Combine(data, "clip.mp4"));
        var random = new Random(seed);
        var (ids, reports, wrong) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, (string Attempt, DateTime Written)>(StringComparer.Ordinal), 0);
        var clock = Stopwatch.StartNew();
        for (var kill = 0; kill < kills; kill++)
        {
            using var server = await ServedChild.StartAsync(Path.Combine(data, "data"));
            var life = Task.Delay(random.Next(0, LongestLife));
            var uploading = UploadAsync(server, clip, ids, Math.Min(clips, (kill * clips / Math.Max(1, kills / 2)) + 1));
            await Task.WhenAny(life, Task.WhenAll(uploading, life));
            server.Kill();
            await uploading;
            wrong += Check(Path.Combine(data, "data", "clips"), reports);
        }

        using (var server = await ServedChild.StartAsync(Path.Combine(data, "data")))
        {
            await UploadAsync(server, clip, ids, clips);
            var aside = await FinishAsync(server, [.. ids.Values]);
            wrong += Check(Path.Combine(data, "data", "clips"), reports);
            var folders = Directory.GetDirectories(Path.Combine(data, "data", "clips")).Length;
            wrong += folders == clips && ids.Values.Distinct(StringComparer.Ordinal).Count() == clips && reports.Count == clips ? 0 : 1;
            Console.WriteLine(
                $"{kills} kills in {clock.Elapsed.TotalSeconds:0} s, {clips} clips: {reports.Count} judged, {aside} set aside after three crashes and started anew, "
                + $"{folders} folders, {wrong} violations (seed {seed})");
        }

        Directory.Delete(data, recursive: true);
        return wrong == 0 ? 0 : 1;
    }

    // The reply may be lost with the server: the same key is used again after the next start, and must name the same clip.
    private static async Task UploadAsync(ServedChild server, byte[] clip, Dictionary<string, string> ids, int clips)
    {
        try
        {
            for (var number = 0; number < clips; number++)
            {
                var key = $"clip-{number}";
                if (!ids.ContainsKey(key))
                {
                    ids[key] = (await server.UploadAsync(clip, key)).GetProperty("id").GetString()!;
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Killed in the middle.
        }
    }

    private static async Task<int> FinishAsync(ServedChild server, string[] ids)
    {
        var aside = 0;
        foreach (var id in ids)
        {
            for (var state = ""; state != "done"; await Task.Delay(100))
            {
                state = await server.StateAsync(id);
                if (state == "set-aside")
                {
                    aside++;
                    await server.Client.PostAsync($"/api/clips/{id}/retry", null);
                }
            }
        }

        return aside;
    }

    /// <summary>A committed result, once there, must stay the same one: anything else would be a second judgement that somebody could see.</summary>
    private static int Check(string clips, Dictionary<string, (string Attempt, DateTime Written)> reports)
    {
        var wrong = 0;
        using var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(Path.GetDirectoryName(clips)!, "spotter.db")}");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT id, outcome FROM job WHERE outcome IS NOT NULL";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var (id, attempt) = (reader.GetString(0), System.Text.Json.Nodes.JsonNode.Parse(reader.GetString(1))!["attempt"]!.ToString());
            var report = Path.Combine(clips, id, attempt, "report.json");
            if (!File.Exists(report))
            {
                wrong++;
                continue;
            }

            var seen = (attempt, File.GetLastWriteTimeUtc(report));
            wrong += reports.TryAdd(id, seen) || reports[id] == seen ? 0 : 1;
        }

        return wrong;
    }
}

/// <summary>A clip of half a second that shows nobody, so that judging is quick.</summary>
internal static class TestPicture
{
    public static async Task<byte[]> MakeAsync(string path)
    {
        using var process = Process.Start("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc=duration=0.5:size=160x120:rate=20", "-pix_fmt", "yuv420p", path]);
        await process.WaitForExitAsync();
        return await File.ReadAllBytesAsync(path);
    }
}
