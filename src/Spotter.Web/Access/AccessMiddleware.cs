using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Spotter.Web.Words;

namespace Spotter.Web.Access;

/// <summary>Lets in who may enter: anybody on this machine, else who has the key (cookie or bearer) or an unguessable link to one result.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, AccessKey key, bool loopbackOnly)
{
    private const string StampClaim = "stamp";

    public static Task SignInAsync(HttpContext context, AccessKey key) => context.SignInAsync(
        CookieAuthenticationDefaults.AuthenticationScheme,
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(StampClaim, key.Stamp)], CookieAuthenticationDefaults.AuthenticationScheme)),
        new AuthenticationProperties { IsPersistent = true });

    /// <summary>Whether the person may do more than look at what a link shows.</summary>
    public static bool IsInside(HttpContext context, AccessKey key) =>
        !key.IsNeeded || context.User.HasClaim(StampClaim, key.Stamp) || key.Opens(Bearer(context.Request));

    public async Task InvokeAsync(HttpContext context)
    {
        if (loopbackOnly && !Addresses.IsLoopbackHost(context.Request.Host.Host))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        if (IsFromElsewhere(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "access.elsewhere");
            return;
        }

        var endpoint = context.GetEndpoint();
        if (IsInside(context, key) || endpoint?.Metadata.GetMetadata<LinkAccessAttribute>() is not null || endpoint is null)
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
        await RefuseAsync(context, StatusCodes.Status401Unauthorized, "access.key-needed");
    }

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

    private static Task RefuseAsync(HttpContext context, int status, string text) =>
        TypedResults.Problem(PageTexts.Get(text), statusCode: status).ExecuteAsync(context);
}
