using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Spotter.Web.Tests.Serving;

/// <summary>Clips over HTTP with the real server, database and ffprobe; the judging is replaced where it does not matter.</summary>
public sealed class ClipApiTests
{
    [Fact]
    public async Task Upload_RealClip_IsJudgedWithReportClipAndKeypoints()
    {
        await using var server = await TestServer.StartAsync();
        var id = (await server.UploadAsync(Samples.NoLockout, "?exercise=shoulder-press&name=..%2Fmy%20press.mp4")).GetProperty("id").GetString()!;
        var stages = new HashSet<string>();
        var share = 0.0;
        await foreach (var status in EventsAsync(server, id))
        {
            stages.Add(status.TryGetProperty("stage", out var stage) ? stage.GetString()! : status.GetProperty("state").GetString()!);
            if (status.TryGetProperty("share", out var now))
            {
                Assert.True(now.GetDouble() >= share, "progress went backwards");
                share = now.GetDouble();
            }
        }

        Assert.Contains("pose", stages);
        Assert.Contains("annotate", stages);
        var done = await server.Client.GetFromJsonAsync<JsonElement>($"/api/clips/{id}");
        Assert.Equal(("done", "incorrect", 4, "my press"), (
            done.GetProperty("state").GetString(), done.GetProperty("verdict").GetString(), done.GetProperty("repetitions").GetInt32(), done.GetProperty("title").GetString()));
        var report = await server.Client.GetFromJsonAsync<JsonElement>($"/api/clips/{id}/report");
        Assert.Equal("spotter-report/1", report.GetProperty("schema").GetString());
        foreach (var name in done.GetProperty("files").EnumerateArray().Select(file => file.GetString()!).Append("clip"))
        {
            using var file = await server.Client.GetAsync($"/api/clips/{id}/files/{name}");
            Assert.True(file.IsSuccessStatusCode && file.Content.Headers.ContentLength > 100, name);
        }

        string?[] pictures = [.. done.GetProperty("files").EnumerateArray().Select(file => file.GetString())];
        Assert.Contains("moment-1-1.jpg", pictures);
        Assert.Contains("correct-1-1.jpg", pictures);
    }

    [Fact]
    public async Task File_AskedForItsHeadersAlone_TellsItsLength()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        var id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/api/clips/{id}/files/clip");

        using var response = await server.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, new FileInfo(Samples.Good).Length), (response.StatusCode, response.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task File_WithRange_GivesThatPart()
    {
        await using var server = await StartQuickAsync();
        var id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/clips/{id}/files/clip") { Headers = { Range = new RangeHeaderValue(4, 7) } };

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("video/mp4", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("ftyp", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("bytes=-8", 206)]
    [InlineData("bytes=4-", 206)]
    [InlineData("bytes=99999999-", 416)]
    public async Task File_WithAnyRange_IsAnsweredAsTheStandardSays(string range, int status)
    {
        await using var server = await StartQuickAsync();
        var id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString();
        var whole = new FileInfo(Samples.Good).Length;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/clips/{id}/files/clip") { Headers = { Range = RangeHeaderValue.Parse(range) } };

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(whole, response.Content.Headers.ContentRange!.Length);
        Assert.Equal(range == "bytes=-8" ? 8 : status == 206 ? whole - 4 : response.Content.Headers.ContentLength, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task File_Downloaded_IsCalledAsThePersonCalledItWithTheEndingOfWhatItIs()
    {
        await using var server = await StartQuickAsync();
        var id = (await server.UploadAsync(Samples.Good, "?name=my%2Fpress.avi")).GetProperty("id").GetString();

        using var response = await server.Client.GetAsync($"/api/clips/{id}/files/clip?download");

        Assert.Equal("press-original.mp4", response.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task Key_OfAClip_NamesOnlyClipsAndThoseOfAnExerciseOnlyItsExamples()
    {
        await using var server = await StartQuickAsync();
        var book = server.Services.GetRequiredService<Web.Coaching.CoachBook>();
        book.Add("one", "One");
        book.Add("two", "Two");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in (string[])["/api/clips", "/api/exercises/one/examples", "/api/exercises/two/examples", "/api/clips"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StreamContent(File.OpenRead(Samples.Good)), Headers = { { "Idempotency-Key", "same" } } };
            using var response = await server.Client.SendAsync(request);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            ids.Add((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
        }

        Assert.Equal(3, ids.Count);
        // An example is no clip: what deletes, stops or repeats clips does not find it.
        var example = (await server.Client.GetFromJsonAsync<JsonElement>("/api/exercises/one/examples"))[0].GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.DeleteAsync($"/api/clips/{example}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.PostAsync($"/api/clips/{example}/cancel", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.PostAsync($"/api/clips/{example}/retry", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/exercises/one/examples/{example}")).StatusCode);
    }

    [Fact]
    public async Task Example_TheSameClipAgain_IsRefused()
    {
        await using var server = await StartQuickAsync(options => options with { Workers = 0 });
        server.Services.GetRequiredService<Web.Coaching.CoachBook>().Add("one", "One");
        using var first = await server.Client.PostAsync("/api/exercises/one/examples?name=first", new StreamContent(File.OpenRead(Samples.Good)));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        using var second = await server.Client.PostAsync("/api/exercises/one/examples?name=second", new StreamContent(File.OpenRead(Samples.Good)));

        await AssertProblemAsync(second, HttpStatusCode.Conflict, "same-example");
    }

    [Fact]
    public async Task Upload_SameKeyTwice_IsOneClip()
    {
        await using var server = await StartQuickAsync();

        var first = await server.UploadAsync(Samples.Good, key: "same");
        var second = await server.UploadAsync(Samples.NoLockout, key: "same");

        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Single((await server.Client.GetFromJsonAsync<JsonElement>("/api/clips")).EnumerateArray());
        Assert.Single(Directory.GetDirectories(Path.Combine(server.DataFolder, "clips")));
    }

    [Fact]
    public async Task Upload_Form_IsTaken()
    {
        await using var server = await StartQuickAsync();
        using var form = new MultipartFormDataContent { { new StringContent("ignored"), "note" }, { new StreamContent(File.OpenRead(Samples.Good)), "clip", "/etc/../séance.mp4" } };

        using var response = await server.Client.PostAsync("/api/clips", form);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("séance", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Upload_ContentIsNoVideo_IsRefusedWhateverItsName()
    {
        await using var server = await StartQuickAsync();

        using var response = await server.Client.PostAsync("/api/clips?name=clip.mp4", new StringContent("#!/bin/sh\necho not a video\n"));

        await AssertProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "not-a-clip");
        Assert.Empty(Directory.GetDirectories(Path.Combine(server.DataFolder, "scratch")));
    }

    [Fact]
    public async Task Upload_TooLargeOrTooLong_IsRefused()
    {
        await using var small = await StartQuickAsync(options => options with { MaxClipBytes = 10_000 });
        using var declared = await small.Client.PostAsync("/api/clips", new StreamContent(File.OpenRead(Samples.Good)));
        await AssertProblemAsync(declared, HttpStatusCode.RequestEntityTooLarge, "too-large");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/clips") { Content = new StreamContent(File.OpenRead(Samples.Good)), Headers = { TransferEncodingChunked = true } };
        using var chunked = await small.Client.SendAsync(request);
        await AssertProblemAsync(chunked, HttpStatusCode.RequestEntityTooLarge, "too-large");

        await using var brief = await StartQuickAsync(options => options with { MaxClipSeconds = 3 });
        using var tooLong = await brief.Client.PostAsync("/api/clips", new StreamContent(File.OpenRead(Samples.Good)));
        await AssertProblemAsync(tooLong, HttpStatusCode.RequestEntityTooLarge, "too-long");
    }

    [Fact]
    public async Task Upload_EmptyOrWrongArguments_IsRefused()
    {
        await using var server = await StartQuickAsync();

        using var empty = await server.Client.PostAsync("/api/clips", new ByteArrayContent([]));
        await AssertProblemAsync(empty, HttpStatusCode.BadRequest, "no-file");
        using var exercise = await server.Client.PostAsync("/api/clips?exercise=../../etc/passwd", new StreamContent(File.OpenRead(Samples.Good)));
        await AssertProblemAsync(exercise, HttpStatusCode.BadRequest, "no-such-exercise");
    }

    [Fact]
    public async Task Delete_Done_RemovesEverything()
    {
        await using var server = await StartQuickAsync();
        var id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!;
        server.Services.GetRequiredService<QuickWork>().Gate.Release();
        Assert.Equal("done", (await server.WaitAsync(id)).GetProperty("state").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/clips/{id}")).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync($"/api/clips/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync($"/api/clips/{id}/files/clip")).StatusCode);
        Assert.Empty(Directory.GetDirectories(Path.Combine(server.DataFolder, "clips")));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.DeleteAsync($"/api/clips/{id}")).StatusCode);
    }

    [Fact]
    public async Task Delete_WhileJudged_StopsTheWorkAndLeavesNothing()
    {
        await using var server = await StartQuickAsync();
        var work = server.Services.GetRequiredService<QuickWork>();
        var first = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!;
        await UntilAsync(() => work.Started == 1);

        await server.Client.DeleteAsync($"/api/clips/{first}");
        var second = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!;
        await UntilAsync(() => work.Started == 2);
        work.Gate.Release();

        Assert.Equal("done", (await server.WaitAsync(second)).GetProperty("state").GetString());
        Assert.Equal([second], Directory.GetDirectories(Path.Combine(server.DataFolder, "clips")).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task CancelAndRetry_Running_StartsAgain()
    {
        await using var server = await StartQuickAsync();
        var work = server.Services.GetRequiredService<QuickWork>();
        var id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!;
        await UntilAsync(() => work.Started == 1);

        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.PostAsync($"/api/clips/{id}/cancel", null)).StatusCode);
        Assert.Equal("cancelled", (await server.WaitAsync(id)).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.PostAsync($"/api/clips/{id}/retry", null)).StatusCode);
        await UntilAsync(() => work.Started == 2);
        work.Gate.Release();

        Assert.Equal("done", (await server.WaitAsync(id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Work_FailsForGood_IsSetAsideWithTheReason()
    {
        await using var server = await StartQuickAsync();
        var work = server.Services.GetRequiredService<QuickWork>();
        work.Failure = new Video.VideoFormatException("a-file.mp4 has a broken header.") { Kind = "damaged" };
        work.Gate.Release();

        var status = await server.WaitAsync((await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!);

        Assert.Equal("set-aside", status.GetProperty("state").GetString());
        Assert.Equal("damaged", status.GetProperty("problem").GetProperty("code").GetString());
        Assert.Contains("This clip is damaged", status.GetProperty("problem").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AfterACrash_JudgesAgainAndRemovesWhatWasLeft()
    {
        var jobs = Web.Jobs.JobId.New();
        await using var server = await StartQuickAsync(options =>
        {
            // What a killed server leaves: a running job, a half-done attempt, a clip that was never handed in, scratch files.
            var clips = Directory.CreateDirectory(Path.Combine(options.DataFolder, "clips")).FullName;
            Directory.CreateDirectory(Path.Combine(clips, Web.Jobs.JobId.New()));
            Directory.CreateDirectory(Path.Combine(clips, jobs, Web.Jobs.JobId.New()));
            File.Copy(Samples.Good, Path.Combine(clips, jobs, "clip"));
            Directory.CreateDirectory(Path.Combine(options.DataFolder, "scratch", "left"));
            var database = new Embedded.EmbeddedDatabase(Path.Combine(options.DataFolder, "spotter.db"));
            using var store = new Embedded.SqliteJobStore(database, options.Jobs, TimeProvider.System);
            var request = new Web.Work.ClipRequest { Title = "left", Language = "en", Container = "mov", Bytes = 1, Seconds = 1 };
            store.EnqueueAsync(new Web.Jobs.NewJob { Id = jobs, Kind = Web.Work.ClipRequest.Kind, Details = request.ToJson() }).Wait();
            store.ClaimAsync("killed").Wait();
            database.Close();
            return options;
        });
        server.Services.GetRequiredService<QuickWork>().Gate.Release();

        Assert.Equal("done", (await server.WaitAsync(jobs)).GetProperty("state").GetString());
        Assert.Equal([jobs], Directory.GetDirectories(Path.Combine(server.DataFolder, "clips")).Select(path => Path.GetFileName(path)));
        Assert.Single(Directory.GetDirectories(Path.Combine(server.DataFolder, "clips", jobs)));
        Assert.False(Directory.Exists(Path.Combine(server.DataFolder, "scratch", "left")));
    }

    [Fact]
    public async Task Stop_WhileJudged_GivesTheJobBack()
    {
        using var folder = new TemporaryFolder();
        var id = "";
        await using (var server = await StartQuickAsync(options => options with { DataFolder = folder.File("data") }))
        {
            id = (await server.UploadAsync(Samples.Good)).GetProperty("id").GetString()!;
            await UntilAsync(() => server.Services.GetRequiredService<QuickWork>().Started == 1);
        }

        using var store = new Embedded.SqliteJobStore(new Embedded.EmbeddedDatabase(folder.File("data/spotter.db")), new Web.Jobs.JobPolicy(), TimeProvider.System);
        var job = await store.FindAsync(id);

        Assert.Equal((Web.Jobs.JobState.Waiting, 0), (job!.State, job.Attempts));
    }

    [Fact]
    public async Task SecondServer_SameFolder_IsRefused()
    {
        await using var server = await StartQuickAsync();

        var error = await Assert.ThrowsAsync<IOException>(() => WebServer.StartAsync(new ServeOptions { DataFolder = server.DataFolder, Urls = ["http://127.0.0.1:0"] }));

        Assert.Contains("another Spotter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApi_Document_NamesTheOperations()
    {
        await using var server = await StartQuickAsync();

        var document = await server.Client.GetFromJsonAsync<JsonElement>("/openapi.json");

        var paths = document.GetProperty("paths");
        Assert.Equal("uploadClip", paths.GetProperty("/api/clips").GetProperty("post").GetProperty("operationId").GetString());
        Assert.True(paths.TryGetProperty("/api/clips/{id}/events", out _));
        foreach (var path in (string[])["/api/exercises/{name}/examples", "/api/exercises/{name}/versions/{number}", "/api/clips/{id}/labels", "/api/agreement", "/api/doubtful", "/api/history"])
        {
            Assert.True(paths.TryGetProperty(path, out var operations), path);
            Assert.All(operations.EnumerateObject(), operation => Assert.True(operation.Value.GetProperty("responses").TryGetProperty("401", out _), path));
        }

        var answers = paths.GetProperty("/api/clips").GetProperty("post").GetProperty("responses");
        Assert.All((string[])["400", "413", "415", "503", "507"], status => Assert.True(answers.TryGetProperty(status, out _), status));
    }

    private static Task<TestServer> StartQuickAsync(Func<ServeOptions, ServeOptions>? configure = null) => TestServer.StartAsync(configure, QuickWork.Replace);

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, body);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, JsonDocument.Parse(body).RootElement.GetProperty("code").GetString());
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 200 && !condition(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(condition());
    }

    private static async IAsyncEnumerable<JsonElement> EventsAsync(TestServer server, string id)
    {
        using var reader = new StreamReader(await server.Client.GetStreamAsync($"/api/clips/{id}/events"));
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return JsonDocument.Parse(line["data: ".Length..]).RootElement;
            }
        }
    }
}
