using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Coaching;

/// <summary>Labels, doubtful results and histories over HTTP, with the real database.</summary>
public sealed class LabelApiTests
{
    [Fact]
    public async Task Doubtful_ClipWithOneRater_StaysForASecondButNotForTheSame()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        var (near, far) = (await AddAsync(server, 0.11), await AddAsync(server, 0.9));
        Assert.Equal([near, far], await DoubtfulAsync(server));

        await server.Client.PutAsync($"/api/clips/{far}/labels/Ann?value=correct", null);
        Assert.Equal([far, near], await DoubtfulAsync(server)); // a pair is nearer
        Assert.Equal([near], await DoubtfulAsync(server, "Ann"));
        await server.Client.PutAsync($"/api/clips/{far}/labels/Bo?value=incorrect", null);
        Assert.Equal([near], await DoubtfulAsync(server));

        var pair = (await server.Client.GetFromJsonAsync<JsonElement>("/api/agreement"))[0];
        Assert.Equal(("Ann", "Bo", 1, 0), (
            pair.GetProperty("first").GetString(), pair.GetProperty("second").GetString(), pair.GetProperty("clips").GetInt32(), pair.GetProperty("same").GetInt32()));
        Assert.Equal(["Ann", "Bo"], (await LabelsAsync(server, far)).Select(label => label.GetProperty("rater").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/clips/{far}/labels/Bo")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.DeleteAsync($"/api/clips/{far}/labels/Bo")).StatusCode);
        Assert.Equal(["Ann"], (await LabelsAsync(server, far)).Select(label => label.GetProperty("rater").GetString()));
        Assert.Equal([far, near], await DoubtfulAsync(server));
    }

    [Fact]
    public async Task History_ByPersonExerciseAndView_ListsOnlyThose()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        var front = await AddAsync(server, 0.5, "Ann", View.Front);
        var side = await AddAsync(server, 0.5, "Ann", View.Side);
        var others = await AddAsync(server, 0.5, "Bo", View.Front);

        Assert.Equal([others, side, front], await HistoryAsync(server, ""));
        Assert.Equal([side, front], await HistoryAsync(server, "?person=Ann"));
        Assert.Equal([front], await HistoryAsync(server, "?person=Ann&view=front"));
        Assert.Empty(await HistoryAsync(server, "?exercise=bicep-curl"));

        await server.Client.PutAsync($"/api/clips/{others}/person?name=Ann", null);
        Assert.Equal([others, side, front], await HistoryAsync(server, "?person=Ann"));
        await server.Client.PutAsync($"/api/clips/{others}/person", null);
        Assert.Equal([side, front], await HistoryAsync(server, "?person=Ann"));
    }

    [Fact]
    public async Task History_OlderResults_KeepTheFilters()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });
        for (var set = 0; set < 30; set++)
        {
            await AddAsync(server, 0.5, set % 10 == 0 ? "Bo" : "Ann", View.Front);
        }

        var first = await server.Client.GetStringAsync("/history?exercise=shoulder-press&person=Ann");
        Assert.Equal(24, Count(first));
        var older = System.Text.RegularExpressions.Regex.Match(first, "href=\"(?<address>/history\\?[^\"#]*after=[^\"#]*)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["address"].Value;
        var second = await server.Client.GetStringAsync(WebUtility.HtmlDecode(older));
        Assert.Equal(3, Count(second));
        Assert.DoesNotContain("Bo</strong>", first + second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pack_ThatShips_TellsItsEvaluation()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 });

        var version = await server.Client.GetFromJsonAsync<JsonElement>("/api/exercises/shoulder-press/versions/0");

        foreach (var view in version.GetProperty("report").GetProperty("views").EnumerateArray())
        {
            Assert.InRange(view.GetProperty("high").GetDouble(), view.GetProperty("low").GetDouble(), 1);
            Assert.Equal(view.GetProperty("judged").GetInt32(), view.GetProperty("bySession").EnumerateArray().Sum(session => session.GetProperty("judged").GetInt32()));
            Assert.True(view.GetProperty("repetitions").GetInt32() > 0);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/coach/shoulder-press/report")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/coach/shoulder-press/report?version=3")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/api/exercises/nothing/versions/0")).StatusCode);
    }

    private static async Task<string> AddAsync(TestServer server, double pValue, string? person = null, View view = View.Front)
    {
        var jobs = server.Services.GetRequiredService<IJobStore>();
        var request = new ClipRequest { Title = "set", Language = "en", Container = "mov", Bytes = 1, Seconds = 5, Person = person };
        var job = await jobs.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = ClipRequest.Kind, Details = request.ToJson() });
        var outcome = new ClipOutcome { Attempt = JobId.New(), Verdict = Verdict.Correct, Exercise = "shoulder-press", View = view, Repetitions = 3, PValue = pValue, Files = [] };
        Assert.True(await jobs.FinishAsync((await jobs.ClaimAsync("test"))!.Lease, outcome.ToJson()));
        return job.Id;
    }

    private static async Task<string?[]> DoubtfulAsync(TestServer server, string? rater = null) =>
        [.. (await server.Client.GetFromJsonAsync<JsonElement>("/api/doubtful?rater=" + rater)).EnumerateArray().Select(entry => entry.GetProperty("clip").GetProperty("id").GetString())];

    private static async Task<string?[]> HistoryAsync(TestServer server, string query) =>
        [.. (await server.Client.GetFromJsonAsync<JsonElement>("/api/history" + query)).EnumerateArray().Select(set => set.GetProperty("id").GetString())];

    private static async Task<JsonElement[]> LabelsAsync(TestServer server, string id) =>
        [.. (await server.Client.GetFromJsonAsync<JsonElement>($"/api/clips/{id}/labels")).EnumerateArray()];

    private static int Count(string page) => page.Split("class=\"result\"").Length - 1;
}
