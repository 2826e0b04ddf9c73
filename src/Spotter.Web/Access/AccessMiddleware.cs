using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Spotter.Web.Words;

namespace Spotter.Web.Access;

/// <summary>Lets in who may enter: anybody on this machine, else who has the key (cookie or bearer) or an unguessable link to one result.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, AccessKey key, EntryLimits limits, HostNames hosts)
{
    private const string StampClaim = "stamp";
    private static readonly object Inside = new();

    /// <summary>Remembers, for thirty days, that the person had the key.</summary>
    public static Task SignInAsync(HttpContext context, AccessKey key) => context.SignInAsync(
        CookieAuthenticationDefaults.AuthenticationScheme,
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(StampClaim, key.Stamp)], CookieAuthenticationDefaults.AuthenticationScheme)),
        new AuthenticationProperties { IsPersistent = true });

    /// <summary>Whether the person may do more than look at what a link shows.</summary>
    public static bool IsInside(HttpContext context) => context.Items.TryGetValue(Inside, out var inside) && inside is true;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!hosts.Knows(context.Request.Host.Host))
        {
            await RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "wrong-host", PageTexts.Format("access.wrong-host", context.Request.Host.Host));
            return;
        }

        if (IsFromElsewhere(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "elsewhere", PageTexts.Get("access.elsewhere"));
            return;
        }

        // A request that is run again to show an error was looked at before.
        if (!context.Items.ContainsKey(Inside))
        {
            var found = Enter(context);
            context.Items[Inside] = found == KeyTry.Right;
            if (found == KeyTry.TooMany)
            {
                context.Response.Headers.RetryAfter = EntryLimits.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "too-many-tries", PageTexts.Get("access.too-many-tries"));
                return;
            }
        }

        var endpoint = context.GetEndpoint();
        if (IsInside(context) || endpoint?.Metadata.GetMetadata<LinkAccessAttribute>() is not null || endpoint is null)
        {
            await next(context);
            return;
        }

        if (HttpMethods.IsGet(context.Request.Method) && !IsForPrograms(context.Request.Path))
        {
            context.Response.Redirect("/enter?to=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
            return;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await RefuseAsync(context, StatusCodes.Status401Unauthorized, "key-needed", PageTexts.Get("access.key-needed"));
    }

    private KeyTry Enter(HttpContext context) =>
        !key.IsNeeded || context.User.HasClaim(StampClaim, key.Stamp) ? KeyTry.Right
        : Bearer(context.Request) is { } token ? limits.Try(context.Connection.RemoteIpAddress, token)
        : KeyTry.Wrong;

    private static bool IsForPrograms(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path == "/openapi.json";

    // Browsers tell where a request that changes something comes from; what is no browser has no cookies that could be abused.
    private static bool IsFromElsewhere(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string text) =>
        TypedResults.Problem(text, statusCode: status, extensions: [new KeyValuePair<string, object?>("code", code)]).ExecuteAsync(context);
}
