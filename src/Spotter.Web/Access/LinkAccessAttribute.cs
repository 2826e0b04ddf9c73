using Microsoft.AspNetCore.Builder;

namespace Spotter.Web.Access;

/// <summary>Marks what may be seen without the access key by whoever knows the unguessable link.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LinkAccessAttribute : Attribute
{
    public static LinkAccessAttribute Allowed { get; } = new();
}

/// <summary>Marking endpoints.</summary>
internal static class LinkAccessExtensions
{
    public static TBuilder AllowWithLink<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(LinkAccessAttribute.Allowed);
}
