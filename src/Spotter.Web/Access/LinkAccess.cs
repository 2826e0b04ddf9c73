using Microsoft.AspNetCore.Builder;

namespace Spotter.Web.Access;

/// <summary>Marks what may be seen without the access key by whoever knows the unguessable link.</summary>
internal sealed class LinkAccess
{
    public static LinkAccess Allowed { get; } = new();
}

/// <summary>Marking endpoints.</summary>
internal static class LinkAccessExtensions
{
    public static TBuilder AllowWithLink<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(LinkAccess.Allowed);
}
