using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Spotter.Web.Access;

/// <summary>How often keys may be tried: few times by one address, and not much more often by all together.</summary>
internal static class EntryLimits
{
    public const string Policy = "entry";

    private const int TriesFromOneAddress = 10;
    private const int TriesFromAll = 100;

    public static void AddEntryLimits(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(Policy, context => HttpMethods.IsPost(context.Request.Method)
            ? Window(context.Connection.RemoteIpAddress?.ToString() ?? "", TriesFromOneAddress)
            : RateLimitPartition.GetNoLimiter(""));
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            HttpMethods.IsPost(context.Request.Method) && context.Request.Path == "/enter" ? Window("all", TriesFromAll) : RateLimitPartition.GetNoLimiter(""));
    });

    private static RateLimitPartition<string> Window(string who, int tries) => RateLimitPartition.GetFixedWindowLimiter(
        who, _ => new FixedWindowRateLimiterOptions { PermitLimit = tries, Window = TimeSpan.FromMinutes(5), QueueLimit = 0 });
}
