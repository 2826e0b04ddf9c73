using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Spotter.Web.Words;

namespace Spotter.Web.Api;

/// <summary>What the OpenAPI document cannot know by itself.</summary>
internal static class ApiDocument
{
    private static readonly int[] UploadProblems =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
        StatusCodes.Status503ServiceUnavailable, StatusCodes.Status507InsufficientStorage,
    ];

    /// <summary>The document is in the reader's language, as the pages are: operations, parameters and answers by <see cref="ApiTexts"/>.</summary>
    public static void Configure(OpenApiOptions options) => options
        .AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Spotter", Version = typeof(FormChecker).Assembly.GetName().Version!.ToString(3), Description = ApiTexts.Find("document") };
            foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(pair => pair.Value))
            {
                Describe(operation);
            }

            return Task.CompletedTask;
        });

    private static void Describe(OpenApiOperation operation)
    {
        if (operation.OperationId is not { } name)
        {
            return;
        }

        (operation.Summary, operation.Description) = (ApiTexts.Find(name), ApiTexts.Find(name + ".description"));
        foreach (var parameter in operation.Parameters ?? [])
        {
            parameter.Description = ApiTexts.OfParameter(name, parameter.Name!);
        }

        foreach (var (status, answer) in operation.Responses ?? [])
        {
            answer.Description = ApiTexts.Find("answer." + status) ?? answer.Description;
        }
    }

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
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 128 },
        });
        return Task.CompletedTask;
    }
}
