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
        "flv" => "video/x-flv",
        "mpeg" => "video/mpeg",
        "mpegts" => "video/mp2t",
        _ => "application/octet-stream",
    };

    /// <summary>The ending of a file of that kind.</summary>
    public static string EndingOf(string container) => container switch
    {
        "mov" => ".mp4",
        "matroska" => ".mkv",
        "mpeg" => ".mpg",
        "mpegts" => ".ts",
        "mjpeg" => ".mjpeg",
        "gif" or "avi" or "flv" => "." + container,
        _ => "",
    };
}
