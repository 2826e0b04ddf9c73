using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Spotter.Web.Api;

/// <summary>What the OpenAPI document cannot know by itself.</summary>
internal static class ApiDocument
{
    private static readonly int[] UploadProblems =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
        StatusCodes.Status503ServiceUnavailable, StatusCodes.Status507InsufficientStorage,
    ];

    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "Spotter",
            Version = typeof(FormChecker).Assembly.GetName().Version!.ToString(3),
            Description = 
                "Hand in a clip, follow how it is judged, and fetch the report, the annotated clip and the keypoints; teach exercises, label results, see how people develop. "
                + "Errors are problem details (RFC 9457) with a code: 401 key-needed, 403 elsewhere, 404 not-found, 405 method-not-allowed, 421 wrong-host, 429 too-many-tries (Retry-After tells when), "
                + "503 unavailable (the same), 507 no-space, 500 internal; others stand with the operation.",
        };
        return Task.CompletedTask;
    });

    /// <summary>What can go wrong when a clip is handed in.</summary>
    public static RouteHandlerBuilder ProducesUploadProblems(this RouteHandlerBuilder endpoint)
    {
        foreach (var status in UploadProblems)
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint;
    }

    /// <summary>The upload reads its body by itself: whatever the client says it is, its content decides.</summary>
    public static Task DescribeUpload(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/octet-stream"] = new() { Schema = file },
                ["multipart/form-data"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["clip"] = file },
                        Required = new HashSet<string>(StringComparer.Ordinal) { "clip" },
                    },
                },
            },
        };
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "Idempotency-Key",
            In = ParameterLocation.Header,
            Description = "A name of the client's own for this upload; repeating it gives the first clip.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 128 },
        });
        return Task.CompletedTask;
    }
}
