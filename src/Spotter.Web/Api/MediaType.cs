namespace Spotter.Web.Api;

/// <summary>What a browser is told about a clip, by what its content is.</summary>
internal static class MediaType
{
    public static string OfContainer(string container) => container switch
    {
        "mov" => "video/mp4",
        "matroska" => "video/webm",
        "gif" => "image/gif",
        "avi" => "video/x-msvideo",
        _ => "application/octet-stream",
    };
}
