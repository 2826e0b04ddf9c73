using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Web.Access;
using Spotter.Web.Api;
using Spotter.Web.Words;

namespace Spotter.Web.Pages;

/// <summary>Says in words what a status means and what to do.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
[LinkAccess]
internal sealed class ErrorModel : PageModel
{
    public string Heading { get; private set; } = "";

    public string Advice { get; private set; } = "";

    public void OnGet() => Show();

    public void OnPost() => Show();

    private void Show()
    {
        // Not bound: binding would look into the form of the request that failed, which may be what it failed for.
        var status = int.TryParse(Request.Query["status"], NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : 0;
        var kind = status switch
        {
            StatusCodes.Status404NotFound => "missing",
            StatusCodes.Status400BadRequest => "stale",
            StatusCodes.Status429TooManyRequests => "busy",
            StatusCodes.Status503ServiceUnavailable => FailureHandler.CodeFor(HttpContext) == Failure.MissingTool ? "lacking" : "away",
            StatusCodes.Status507InsufficientStorage => "full",
            _ => "broken",
        };
        // A form that a browser without script sent is told exactly what was wrong with it.
        (Heading, Advice) = status is > 0 and < StatusCodes.Status500InternalServerError && FailureHandler.TextFor(HttpContext) is { } text
            ? (PageTexts.Get("error.refused"), text)
            : (PageTexts.Get($"error.{kind}"), PageTexts.Get($"error.{kind}.advice"));
    }
}
