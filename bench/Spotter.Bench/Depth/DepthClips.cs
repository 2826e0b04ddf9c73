using System.Numerics;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Video;

namespace Spotter.Bench.Depth;

/// <summary>Clips of which no truth is known: what the picture and the joints in space say of them.</summary>
internal static class DepthClips
{
    /// <summary>Prints a row for each clip.</summary>
    public static async Task PrintAsync(IReadOnlyList<string> clips, BlazePoseNetworks networks)
    {
        if (clips.Count == 0)
        {
            return;
        }

        Console.WriteLine("\n| clip | frames with a person | azimuth: present | picture | shoulders | hips | of single frames, 10 to 90 % | near elbow, 5 to 95 %: picture | space | apart | trunk backwards, apart | trembling of the elbow, picture / space | of the azimuth |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var clip in clips)
        {
            Console.WriteLine($"| {Path.GetFileNameWithoutExtension(clip)} | {await RowAsync(clip, networks)} |");
        }
    }

    private static async Task<string> RowAsync(string clip, BlazePoseNetworks networks)
    {
        var video = await VideoReader.OpenAsync(clip);
        using var estimator = new BlazePose(networks);
        var track = await PoseTrack.FollowAsync(video, estimator);
        var cleaned = SkeletonCleaning.Clean(track.Skeleton);
        if (track.EstimateView(cleaned, 0, cleaned.FrameCount) is not { } view)
        {
            return "0";
        }

        var azimuths = AzimuthEstimates.Of(track, cleaned, 0, cleaned.FrameCount);
        var (picture, space) = (AngleCurves.InPicture(cleaned, view.NearSide, view), AngleCurves.InSpace(track.World, view.NearSide, view.AzimuthDegrees));
        double[] single = [.. track.World.OfType<Vector3[]>().Select(world => Math.IEEERemainder(ViewEstimator.Estimate([world])!.Value.AzimuthDegrees - view.AzimuthDegrees, 360))];
        Func<SpaceAngles, double> elbow = angles => angles.Elbow;
        return FormattableString.Invariant($"{track.FramesWithPose} | {azimuths.Present:0} | {azimuths.Picture:0} | {azimuths.Shoulders:0} | {azimuths.Hips:0} | {view.AzimuthDegrees + Quantile(single, 0.1):0} to {view.AzimuthDegrees + Quantile(single, 0.9):0}")
            + FormattableString.Invariant($" | {Quantile(picture.Select(elbow), 0.05):0} to {Quantile(picture.Select(elbow), 0.95):0} | {Quantile(space.Select(elbow), 0.05):0} to {Quantile(space.Select(elbow), 0.95):0}")
            + FormattableString.Invariant($" | {Apart(picture, space, elbow):0.0} | {Apart(picture, space, angles => angles.Lean):0.0} | {Jitter.Of([.. picture.Select(elbow)]):0.0} / {Jitter.Of([.. space.Select(elbow)]):0.0} | {Jitter.Of(single):0.0}");
    }

    private static double Apart(SpaceAngles[] picture, SpaceAngles[] space, Func<SpaceAngles, double> angle) =>
        picture.Zip(space, (one, other) => Math.Abs(angle(one) - angle(other))).Where(apart => !double.IsNaN(apart)).DefaultIfEmpty(double.NaN).Average();

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        return sorted.Length == 0 ? double.NaN : sorted[(int)(share * (sorted.Length - 1))];
    }
}
