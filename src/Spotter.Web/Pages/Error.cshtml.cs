using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Web.Access;
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

    public void OnGet(int? status) => Show(status);

    public void OnPost(int? status) => Show(status);

    private void Show(int? status)
    {
        var kind = status switch
        {
            StatusCodes.Status404NotFound => "missing",
            StatusCodes.Status400BadRequest => "stale",
            StatusCodes.Status429TooManyRequests => "busy",
            _ => "broken",
        };
        (Heading, Advice) = (PageTexts.Get($"error.{kind}"), PageTexts.Get($"error.{kind}.advice"));
    }
}
