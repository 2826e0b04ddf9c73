using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spotter.Web.Firebase.Database;

/// <summary>Turns a refusal of the database into an error that says what to do.</summary>
internal static class DatabaseRefusal
{
    private const int LongestReason = 300;

    public static FirebaseException Of(HttpStatusCode status, DatabaseRequest request, string body)
    {
        var reason = Reason(body);
        var place = $"/{request.Path}";
        return status switch
        {
            HttpStatusCode.BadRequest when reason.Contains("index", StringComparison.OrdinalIgnoreCase) => new FirebaseException(
                $"The database has no index for a query at {place}: {reason} Deploy the rules that come with Spotter (firebase deploy --only database).", status),
            HttpStatusCode.BadRequest => new FirebaseException($"The database refused a request for {place}: {reason}", status),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new FirebaseException(
                $"The database does not let this account at {place}: {reason} The service account needs the role Firebase Realtime Database Admin.", status),
            HttpStatusCode.NotFound => new FirebaseException($"There is no such database: {reason} Compare its address with the one in the Firebase console.", status),
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new FirebaseException(
                $"The database is not available ({(int)status}): {reason}", status, isTransient: true),
            _ => new FirebaseException($"The database answered {(int)status} to a request for {place}: {reason}", status),
        };
    }

    private static string Reason(string body)
    {
        try
        {
            if (JsonNode.Parse(body) is JsonObject error && error["error"] is { } reason)
            {
                return Sentence(reason.ToString());
            }
        }
        catch (JsonException)
        {
            // A proxy's page, most likely: shown as it is.
        }

        return Sentence(body);
    }

    private static string Sentence(string text)
    {
        text = text.Trim();
        text = text.Length > LongestReason ? text[..LongestReason] + "…" : text;
        return text.Length == 0 ? "it gave no reason." : text.EndsWith('.') ? text : text + ".";
    }
}
