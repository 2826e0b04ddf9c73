using Spotter.Web.Firebase.Storage;
using Spotter.Web.S3;

namespace Spotter.Web;

/// <summary>Where clips are kept, for people.</summary>
internal static class ClipPlace
{
    /// <summary>Key of the sentence that says it.</summary>
    public static string TextOf(BackEnd backEnd) => backEnd.Clips switch
    {
        FirebaseClipStore => "layout.private.firebase",
        S3ClipStore => "layout.private.s3",
        _ => backEnd.IsShared ? "layout.private.shared" : "layout.private",
    };
}
