using System.Text.Json;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Web.Clips;

namespace Spotter.Web.Coaching;

/// <summary>A body that was followed once, as it is stored: so that learning and judging anew need no second look at the clip.</summary>
/// <param name="Skeleton">The keypoints, cleaned.</param>
/// <param name="View">From where it is seen; null where that cannot be told.</param>
internal sealed record FollowedTrack(SkeletonSequence Skeleton, ViewEstimate? View)
{
    /// <summary>File with what the keypoints do not tell.</summary>
    public const string FramesFile = "frames.json";

    /// <summary>File with the keypoints.</summary>
    public const string KeypointsFile = "keypoints.npy";

    /// <summary>Writes both files.</summary>
    public static void Write(string folder, PoseTrack track)
    {
        var view = ViewEstimator.Estimate(track.World) ?? ViewEstimator.Estimate(SkeletonCleaning.Clean(track.Skeleton));
        var frames = new Frames(track.Skeleton.Width, track.Skeleton.Height, view?.AzimuthDegrees, track.Skeleton.Timestamps.ToArray());
        NpyFile.Write(Path.Combine(folder, KeypointsFile), track.Skeleton);
        AtomicFile.WriteAllText(Path.Combine(folder, FramesFile), JsonSerializer.Serialize(frames, JsonSerializerOptions.Web));
    }

    /// <summary>Reads what an attempt stored; null where it stored none.</summary>
    public static async Task<FollowedTrack?> ReadAsync(IClipStore clips, string job, string attempt, CancellationToken cancellationToken)
    {
        if (await clips.OpenAsync(new ClipName(job, attempt, FramesFile), cancellationToken) is not { } about
            || await clips.OpenAsync(new ClipName(job, attempt, KeypointsFile), cancellationToken) is not { } keypoints)
        {
            return null;
        }

        await using (about.Content)
        await using (keypoints.Content)
        {
            var frames = (await JsonSerializer.DeserializeAsync<Frames>(about.Content, JsonSerializerOptions.Web, cancellationToken))!;
            var read = NpyFile.Read(keypoints.Content, job);
            var skeleton = new SkeletonSequence(read.Keypoints.ToArray(), frames.Times, frames.Width, frames.Height);
            return new FollowedTrack(SkeletonCleaning.Clean(skeleton), frames.Azimuth is { } degrees ? ViewEstimate.FromAzimuth(degrees) : null);
        }
    }

    private sealed record Frames(int Width, int Height, double? Azimuth, double[] Times);
}
