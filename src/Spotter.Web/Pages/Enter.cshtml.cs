using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Web.Access;

namespace Spotter.Web.Pages;

/// <summary>Asks for the access key.</summary>
[LinkAccess]
internal sealed class EnterModel(AccessKey key, EntryLimits limits) : PageModel
{
    /// <summary>Where to go afterwards.</summary>
    public string To { get; private set; } = "/";

    public bool Wrong { get; private set; }

    public IActionResult OnGet(string? to)
    {
        To = Url.IsLocalUrl(to) ? to : "/";
        return AccessMiddleware.IsInside(HttpContext) ? Redirect(To) : Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm(Name = "key")] string? tried, string? to)
    {
        To = Url.IsLocalUrl(to) ? to : "/";
        switch (limits.Try(HttpContext.Connection.RemoteIpAddress, tried))
        {
            case KeyTry.Right:
                await AccessMiddleware.SignInAsync(HttpContext, key);
                return Redirect(To);
            case KeyTry.TooMany:
                Response.Headers.RetryAfter = EntryLimits.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                return StatusCode(StatusCodes.Status429TooManyRequests);
            default:
                Wrong = true;
                Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Page();
        }
    }
}
