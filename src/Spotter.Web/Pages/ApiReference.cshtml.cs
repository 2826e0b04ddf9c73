using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Spotter.Web.Words;

namespace Spotter.Web.Pages;

/// <summary>The OpenAPI document as a page to read.</summary>
internal sealed class ApiReferenceModel([FromKeyedServices("v1")] IOpenApiDocumentProvider provider) : PageModel
{
    public string Base { get; private set; } = "";

    public IReadOnlyList<Operation> Operations { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Base = $"{Request.Scheme}://{Request.Host}";
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        Operations =
        [
            .. from path in document.Paths
               orderby path.Key.StartsWith("/api/clips", StringComparison.Ordinal) ? 0 : 1, path.Key
               from operation in path.Value.Operations ?? []
               select Describe(path.Key, operation.Key.Method, operation.Value),
        ];
    }

    private static Operation Describe(string path, string method, OpenApiOperation operation) => new(
        operation.OperationId ?? $"{method}{path}",
        method,
        path,
        operation.Summary ?? "",
        operation.Description ?? "",
        [.. (operation.Parameters ?? []).Select(parameter => (parameter.Name ?? "", ApiTexts.Find("place." + parameter.In?.ToString().ToLowerInvariant()) ?? "", parameter.Description ?? ""))],
        [.. (operation.Responses ?? []).OrderBy(response => response.Key, StringComparer.Ordinal).Select(response => $"{response.Key} {response.Value.Description}")]);

    /// <summary>One thing that can be asked for.</summary>
    internal sealed record Operation(
        string Id, string Method, string Path, string Summary, string Description, IReadOnlyList<(string Name, string In, string Description)> Parameters,
        IReadOnlyList<string> Answers);
}
