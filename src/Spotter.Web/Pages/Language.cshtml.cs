using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Spotter.Web.Access;
using Spotter.Web.Words;

namespace Spotter.Web.Pages;

/// <summary>Keeps the language that the reader chose.</summary>
[LinkAccess]
internal sealed class LanguageModel : PageModel
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public IActionResult OnGet() => Redirect("/");

    public IActionResult OnPost(string? language, string? back)
    {
        if (Languages.All.Any(known => known.Name == language))
        {
            Response.Cookies.Append(Languages.Cookie, language!, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = Kept, IsEssential = true });
        }

        return Redirect(Url.IsLocalUrl(back) ? back : "/");
    }
}
