namespace Spotter.Video;

/// <summary>How the pictures of a clip come to be those of <see cref="YuvPicture"/>: most are stored so already and are handed on untouched.</summary>
/// <param name="Matrix">What the brightness of the delivered pictures is mixed of.</param>
/// <param name="Conversion">What ffmpeg's <c>scale</c> filter needs behind its flags to convert the others.</param>
internal readonly record struct ReaderFormat(YuvMatrix Matrix, string Conversion)
{
    /// <summary>The format for a clip.</summary>
    /// <param name="info">The clip.</param>
    public static ReaderFormat Of(VideoInfo info)
    {
        var isYuv = info.PixelFormat?.StartsWith("yuv", StringComparison.Ordinal) == true && !info.IsHdr;
        // ffmpeg, like most programs, takes what does not tell for BT.601, however large it is.
        var isBt601 = isYuv && info.ColorMatrix is null or "unknown" or "smpte170m" or "bt470bg";
        var isLimited = isYuv && info.PixelFormat?.StartsWith("yuvj", StringComparison.Ordinal) == false && info.ColorRange != "pc";
        var matrix = isBt601 ? YuvMatrix.Bt601 : YuvMatrix.Bt709;
        return isLimited && (isBt601 || info.ColorMatrix == "bt709")
            ? new ReaderFormat(matrix, "")
            : new ReaderFormat(matrix, $"+accurate_rnd:out_color_matrix={(isBt601 ? "bt601" : "bt709")}:out_range=tv");
    }
}
