using Microsoft.AspNetCore.Http;
using Spotter.Web.Words;

namespace Spotter.Web.Api;

/// <summary>A clip that was not taken; the message is for the person who sent it.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">Short name of the cause; <c>upload.CODE</c> is the sentence.</param>
/// <param name="values">What the sentence names.</param>
internal sealed class UploadException(int status, string code, params object?[] values) : Exception(PageTexts.Format("upload." + code, values))
{
    public int Status => status;

    public string Code => code;

    public static UploadException TooLarge(ServeOptions options) =>
        new(StatusCodes.Status413PayloadTooLarge, "too-large", options.MaxClipBytes >> 20);
}
