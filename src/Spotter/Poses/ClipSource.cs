using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Poses;

/// <summary>Where keypoints come from: a video, a NumPy file, a JSON file that Spotter wrote, or a folder that OpenPose wrote.</summary>
public static class ClipSource
{
    /// <summary>Whether a path holds keypoints rather than a video.</summary>
    public static bool IsKeypoints(string path) =>
        IsOf(path, ".npy") || IsOf(path, ".json") || Directory.Exists(path);

    /// <summary>Follows the main person of a clip, whatever form it has.</summary>
    /// <param name="path">A video, a <c>.npy</c> file (T × 18 × 3), a <c>.json</c> file as <see cref="KeypointJson"/> writes it, or a folder of OpenPose's JSON files.</param>
    /// <param name="model">The pose model for a video.</param>
    /// <param name="keypointsPerSecond">Frames per second of keypoints that carry no times.</param>
    /// <param name="progress">Told how many frames are done.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="VideoFormatException">The clip cannot be read.</exception>
    public static async Task<PoseTrack> FollowAsync(
        string path, PoseModel model, double keypointsPerSecond, IProgress<CheckProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (IsKeypoints(path))
        {
            if (!Path.Exists(path))
            {
                throw new VideoFormatException($"There is no file {path}. Check the name.");
            }

            return Directory.Exists(path)
                ? OpenPoseJson.Read(path, keypointsPerSecond, cancellationToken)
                : PoseTrack.FromKeypoints(IsOf(path, ".json") ? KeypointJson.Read(path) : NpyFile.Read(path, keypointsPerSecond));
        }

        var video = await VideoReader.OpenAsync(path, cancellationToken: cancellationToken);
        using var networks = BlazePoseNetworks.Load(PoseModels.Default(), model);
        using var estimator = new BlazePose(networks);
        return await PoseTrack.FollowAsync(video, estimator, progress, cancellationToken);
    }

    private static bool IsOf(string path, string ending) => string.Equals(Path.GetExtension(path), ending, StringComparison.OrdinalIgnoreCase);
}
