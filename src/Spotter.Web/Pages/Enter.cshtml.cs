using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Spotter.Web.Access;

namespace Spotter.Web.Pages;

/// <summary>Asks for the access key.</summary>
[EnableRateLimiting(EntryLimits.Policy)]
[LinkAccess]
internal sealed class EnterModel(AccessKey key) : PageModel
{
    /// <summary>Where to go afterwards.</summary>
    public string To { get; private set; } = "/";

    public bool Wrong { get; private set; }

    public IActionResult OnGet(string? to)
    {
        To = Url.IsLocalUrl(to) ? to : "/";
        return AccessMiddleware.IsInside(HttpContext, key) ? Redirect(To) : Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm(Name = "key")] string? tried, string? to)
    {
        To = Url.IsLocalUrl(to) ? to : "/";
        if (key.Opens(tried))
        {
            await AccessMiddleware.SignInAsync(HttpContext, key);
            return Redirect(To);
        }

        Wrong = true;
        Response.StatusCode = 401;
        return Page();
    }
}
