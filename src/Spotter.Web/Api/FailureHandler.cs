using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Spotter.Web.Words;

namespace Spotter.Web.Api;

/// <summary>Tells whoever asked what went wrong: programs by problem details with a code, people by a page that says what to do.</summary>
internal sealed partial class FailureHandler(ILogger<FailureHandler> log) : IExceptionHandler
{
    private const int RetrySeconds = 10;
    private static readonly object Told = new();

    /// <summary>Whether the answer is for a program: a form that a browser without script sends wants a page.</summary>
    public static bool IsForPrograms(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    /// <summary>The sentence about what went wrong; null where the status says all.</summary>
    public static string? TextFor(HttpContext context) => Find(context)?.Text;

    /// <summary>The short name of what went wrong; null where the status says all.</summary>
    public static string? CodeFor(HttpContext context) => Find(context)?.Code;

    /// <summary>Gives problem details that were made from a status alone a code and a sentence.</summary>
    public static void Describe(ProblemDetailsContext context)
    {
        var code = context.ProblemDetails.Status switch
        {
            StatusCodes.Status400BadRequest => "bad-request",
            StatusCodes.Status404NotFound => "not-found",
            StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
            StatusCodes.Status415UnsupportedMediaType => "unsupported",
            _ => "internal",
        };
        if (context.ProblemDetails.Extensions.TryAdd("code", code))
        {
            context.ProblemDetails.Detail ??= PageTexts.Find("failure." + code);
        }
    }

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var failure = exception is UploadException refused ? new Failure(refused.Status, refused.Code) : Failure.Of(exception);
        var text = exception switch
        {
            UploadException => exception.Message,
            BadHttpRequestException => PageTexts.Find("failure." + failure.Code) ?? exception.Message,
            _ => PageTexts.Get("failure." + failure.Code),
        };
        if (failure.Status == StatusCodes.Status500InternalServerError)
        {
            LogBroken(exception, httpContext.Request.Method, httpContext.Request.Path);
        }
        else if (failure.Status > StatusCodes.Status500InternalServerError)
        {
            LogTrouble(exception, httpContext.Request.Method, httpContext.Request.Path);
            httpContext.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        }

        httpContext.Response.StatusCode = failure.Status;
        httpContext.Items[Told] = new Telling(failure.Code, text);
        if (IsForPrograms(httpContext))
        {
            await TypedResults.Problem(text, statusCode: failure.Status, extensions: [new KeyValuePair<string, object?>("code", failure.Code)]).ExecuteAsync(httpContext);
        }

        return true;
    }

    private static Telling? Find(HttpContext context) => context.Items.TryGetValue(Told, out var told) ? told as Telling : null;

    [LoggerMessage(LogLevel.Error, "{Method} {Path} broke.")]
    private partial void LogBroken(Exception exception, string method, string path);

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} could not be done now.")]
    private partial void LogTrouble(Exception exception, string method, string path);

    private sealed record Telling(string Code, string Text);
}
