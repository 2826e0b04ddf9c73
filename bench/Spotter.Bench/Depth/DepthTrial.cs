using System.Numerics;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Depth;

/// <summary>What the picture, the joints in space and the truth say of one person's press seen from one side.</summary>
internal sealed class DepthTrial
{
    private DepthTrial(MannequinSequence set, PoseTrack track)
    {
        var azimuth = set.Options.Camera.Azimuth;
        var view = ViewEstimate.FromAzimuth(azimuth);
        var repetition = set.Repetitions[0];
        var cleaned = SkeletonCleaning.Clean(track.Skeleton);
        Azimuths = AzimuthEstimates.Of(track, cleaned, repetition.StartFrame, repetition.EndFrame);
        Turned = azimuth;
        View = view.View;
        var ends = DepthMeasure.EndsOf(set);
        List<(SpaceAngles[] Picture, SpaceAngles[] Space, SpaceAngles[] Truth)> arms = [];
        foreach (var side in AngleCurves.Arms(view))
        {
            arms.Add((
                AngleCurves.InPicture(cleaned, side, view)[repetition.StartFrame..repetition.EndFrame],
                AngleCurves.InSpace(track.World, side, Azimuths.Present)[repetition.StartFrame..repetition.EndFrame],
                AngleCurves.Exact(set, side)[repetition.StartFrame..repetition.EndFrame]));
        }

        Values = [.. DepthMeasure.All.Select(measure => (
            arms.Average(arm => measure.Take(arm.Picture, ends)),
            arms.Average(arm => measure.Take(arm.Space, ends)),
            arms.Average(arm => measure.Take(arm.Truth, ends))))];
        PictureElbow = Agreement.Of(arms.SelectMany(arm => arm.Picture.Zip(arm.Truth, (seen, exact) => (seen.Elbow, exact.Elbow))));
        SpaceElbow = Agreement.Of(arms.SelectMany(arm => arm.Space.Zip(arm.Truth, (seen, exact) => (seen.Elbow, exact.Elbow))));
    }

    /// <summary>True azimuth, degrees.</summary>
    public double Turned { get; }

    /// <summary>The view that the true azimuth is.</summary>
    public View View { get; }

    /// <summary>The azimuth by several ways.</summary>
    public AzimuthEstimates Azimuths { get; }

    /// <summary>Each measure from the picture, from space and as it is; mean of the arms that are measured.</summary>
    public (double Picture, double Space, double Truth)[] Values { get; }

    /// <summary>The elbow's angle in the picture over the frames of the repetition.</summary>
    public Agreement PictureElbow { get; }

    /// <summary>The elbow's angle in space over the frames of the repetition.</summary>
    public Agreement SpaceElbow { get; }

    /// <summary>Renders, watches and compares.</summary>
    public static async Task<DepthTrial?> RunAsync(int person, double turned, int seed, BlazePoseNetworks networks)
    {
        var set = RenderedPress.Synthesize(person, turned, seed);
        var track = await RenderedPress.WatchAsync(set, networks, smoothing: true);
        return track.FramesWithPose == 0 ? null : new DepthTrial(set, track);
    }

    /// <summary>
    /// How much the near wrist, the elbow's angle and the body's azimuth tremble against the truth: in the picture and in space, with lengths in millimetres.
    /// </summary>
    public static async Task<double[]> TrembleAsync(int person, double turned, int seed, bool smoothing, BlazePoseNetworks networks)
    {
        var set = RenderedPress.Synthesize(person, turned, seed);
        var track = await RenderedPress.WatchAsync(set, networks, smoothing);
        var side = ViewEstimate.FromAzimuth(set.Options.Camera.Azimuth).NearSide;
        var wrist = side.Of(Joint.RightWrist);
        Vector3?[] errors = [.. set.Joints3D.Select((joints, frame) => track.World[frame] is { } seen ? seen[(int)wrist] - FromHips(set.Camera, joints, wrist) : (Vector3?)null)];
        var pixels = set.Camera.FocalPixels / set.Camera.ToCamera(set.Joints3D[0][(int)Joint.Neck]).Z; // to the metre
        double Shown(Func<Keypoint, float> value, int frame)
        {
            var (seen, exact) = (track.Skeleton[frame, wrist], set.Exact[frame, wrist]);
            return seen.IsMissing ? double.NaN : 1000 * (value(seen) - value(exact)) / pixels;
        }

        int[] frames = [.. Enumerable.Range(0, set.Exact.FrameCount)];
        var exactElbow = AngleCurves.Exact(set, side);
        return
        [
            Both(Jitter.Of([.. frames.Select(frame => Shown(keypoint => keypoint.X, frame))]), Jitter.Of([.. frames.Select(frame => Shown(keypoint => keypoint.Y, frame))])),
            Both(Jitter.Of([.. errors.Select(error => 1000.0 * error?.X ?? double.NaN)]), Jitter.Of([.. errors.Select(error => 1000.0 * error?.Y ?? double.NaN)])),
            Jitter.Of([.. errors.Select(error => 1000.0 * error?.Z ?? double.NaN)]),
            Jitter.Of([.. frames.Select(frame => SkeletonGeometry.ElbowAngle(track.Skeleton, frame, side) - SkeletonGeometry.ElbowAngle(set.Exact, frame, side))]),
            Jitter.Of([.. frames.Select(frame => track.World[frame] is { } world ? SpaceAngles.Of(world, side).Elbow - exactElbow[frame].Elbow : double.NaN)]),
            Jitter.Of([.. track.World.Select(world => ViewEstimator.Estimate([world])?.AzimuthDegrees ?? double.NaN)]),
        ];
    }

    // Of one axis, from two.
    private static double Both(double one, double other) => Math.Sqrt(((one * one) + (other * other)) / 2);

    private static Vector3 FromHips(Camera camera, Vector3[] joints, Joint joint)
    {
        var hips = (camera.ToCamera(joints[(int)Joint.RightHip]) + camera.ToCamera(joints[(int)Joint.LeftHip])) / 2;
        return (camera.ToCamera(joints[(int)joint]) - hips) * new Vector3(1, -1, 1);
    }
}
