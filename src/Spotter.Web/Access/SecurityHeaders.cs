using Microsoft.AspNetCore.Http;

namespace Spotter.Web.Access;

/// <summary>Headers that keep a browser from doing what no page of ours asks for.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>What pages may load, and from where: this server, and where clips are sent past it the hosts that this needs.</summary>
    public static string PolicyFor(DirectUpload? direct) => direct is null
        ? Policy
        : Policy.Replace("connect-src 'self'", $"connect-src 'self' {direct.Hosts}", StringComparison.Ordinal);

    public static Task AddAsync(HttpContext context, string policy, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    }
}
