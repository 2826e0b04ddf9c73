using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Spotter.Web.Api;

/// <summary>What the OpenAPI document cannot know by itself.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "Spotter",
            Version = typeof(FormChecker).Assembly.GetName().Version!.ToString(3),
            Description = "Hand in a clip, follow how it is judged, and fetch the report, the annotated clip and the keypoints.",
        };
        return Task.CompletedTask;
    });

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
