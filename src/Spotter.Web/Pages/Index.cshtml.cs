using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Packs;
using Spotter.Web.Jobs;
using Spotter.Web.Words;
using Spotter.Web.Work;

namespace Spotter.Web.Pages;

/// <summary>Hand in a clip; what was judged last.</summary>
internal sealed class IndexModel(IJobStore jobs, PackCatalogue packs, ServeOptions options) : PageModel
{
    private const int Shown = 8;

    /// <summary>Name and text of each exercise, and how to stand for it; the empty name lets the movement decide.</summary>
    public IReadOnlyList<(string Name, string Text, Stand Stand)> Exercises { get; private set; } = [];

    public IReadOnlyList<ResultCard> Recent { get; private set; } = [];

    /// <summary>How to send clips past the server; null to send them here.</summary>
    public string? DirectUpload => options.DirectUpload?.ToJson();

    public long MaxBytes => options.MaxClipBytes;

    public double MaxSeconds => options.MaxClipSeconds;

    public long MaxMegabytes => options.MaxClipBytes >> 20;

    public double MaxMinutes => options.MaxClipSeconds / 60;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Exercises = [("", PageTexts.Get("home.any-exercise"), Stand.Any), .. packs.Names.Select(name => (name, ExerciseText.Of(name), Stand.Of(name, packs)))];
        Recent = [.. (await jobs.ListAsync(new JobQuery { Kind = ClipRequest.Kind, Limit = Shown }, cancellationToken)).Select(ResultCard.Of)];
    }
}
