using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spotter.Web.Access;

namespace Spotter.Web.Pages;

/// <summary>
/// Styles, scripts and pictures, out of this assembly. Their address holds a checksum of all of them, so that browsers keep them for ever, and modules
/// find each other beside themselves. Compressed once at the start.
/// </summary>
internal sealed partial class Assets
{
    private const string Prefix = "wwwroot/";
    private const string Packages = "firebase/";

    private readonly Dictionary<string, Asset> files = new(StringComparer.Ordinal);

    public Assets()
    {
        var assembly = typeof(Assets).Assembly;
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            content = resource.StartsWith(Prefix + Packages, StringComparison.Ordinal) ? WithPaths(content) : content;
            all.AppendData(content);
            files[resource[Prefix.Length..]] = new Asset(content, Compress(content), TypeOf(resource));
        }

        Version = Convert.ToHexStringLower(all.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>Changes when any file does.</summary>
    public string Version { get; }

    /// <summary>Address of a file.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public string Url(string name) => files.ContainsKey(name) ? $"/assets/{Version}/{name}" : throw new KeyNotFoundException($"There is no asset {name}.");

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{version}/{**name}", (string version, string name, HttpContext context) => Serve(name, version == Version, context))
            .ExcludeFromDescription().AllowWithLink();
        routes.MapGet("/favicon.ico", (HttpContext context) => Serve("icon.svg", false, context)).ExcludeFromDescription().AllowWithLink();
    }

    private IResult Serve(string name, bool forEver, HttpContext context)
    {
        if (!files.TryGetValue(name, out var file))
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = forEver ? "public, max-age=31536000, immutable" : "public, max-age=300";
        context.Response.Headers.Vary = "Accept-Encoding";
        var compressed = file.Compressed.Length < file.Content.Length && context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (compressed)
        {
            context.Response.Headers.ContentEncoding = "br";
        }

        return TypedResults.Bytes(compressed ? file.Compressed : file.Content, file.ContentType);
    }

    // Modules of a package name others by package, which a browser does not know: here they lie beside each other.
    private static byte[] WithPaths(byte[] module) => Encoding.UTF8.GetBytes(PackageName().Replace(Encoding.UTF8.GetString(module), "${how} './${name}.js'"));

    [GeneratedRegex("(?<how>from|import) '(@firebase/)?(?<name>[a-z]+)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PackageName();

    private static byte[] Compress(byte[] content)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.Optimal))
        {
            brotli.Write(content);
        }

        return target.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" or ".mjs" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" or ".webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    };

    private sealed record Asset(byte[] Content, byte[] Compressed, string ContentType);
}
