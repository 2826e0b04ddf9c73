using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Tests.Poses;

/// <summary>Agreement with MediaPipe's own runtime and with OpenPose; docs/benchmarks.md has the figures and says what limits them.</summary>
public sealed class PoseParityTests
{
    // The recorded runtime smooths the region it follows by its own clock; it ran on software graphics at about this pace.
    private const double SecondsPerRecordedFrame = 0.8;

    [Theory]
    [InlineData("press-standing-side-barbell-2reps.lite.json", 2.5, 1.6, 20)]
    [InlineData("press-standing-side-barbell-2reps.full.json", 3.5, 1.7, 28)]
    [InlineData("press-standing-side-barbell-2reps.heavy.json", 1.2, 1.0, 13)]
    [InlineData("arm-swings-standing-front-office.full.json", 1.4, 1.0, 20)]
    [InlineData("press-seated-oblique-dumbbells.full.json", 4.5, 3, 55)]
    public async Task Track_RecordedClip_AgreesWithTheRuntime(string file, double limitPercent, double visibleLimitPercent, double limitMillimetres)
    {
        using var parity = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("parity/" + file)));
        var model = Enum.Parse<PoseModel>(parity.RootElement.GetProperty("model").GetString()!, ignoreCase: true);
        var expected = parity.RootElement.GetProperty("frames").EnumerateArray().ToArray();
        var (width, height) = (parity.RootElement.GetProperty("width").GetInt32(), parity.RootElement.GetProperty("height").GetInt32());
        var path = SharedData.Require("clips/" + parity.RootElement.GetProperty("clip").GetString());
        using var tracker = new BodyTracker(InstalledModels.RequireNetworks(model), new BlazePoseOptions { DetectionInterval = double.PositiveInfinity, FramesAtOnce = 1 });
        var (distances, visible, inSpace) = (new List<double>(), new List<double>(), new List<double>());
        var index = 0;
        await foreach (var sighting in tracker.TrackAsync(StoredFrames.Read(path, width, height, SecondsPerRecordedFrame)))
        {
            var found = sighting.Landmarks;
            if (index == expected.Length)
            {
                break;
            }

            var (wanted, world) = (expected[index], parity.RootElement.GetProperty("world")[index]);
            index++;
            Assert.Equal(wanted.ValueKind == JsonValueKind.Null, found is null);
            if (found is null)
            {
                continue;
            }

            var places = wanted.EnumerateArray().Select(point => new Vector2(point[0].GetSingle() * width, point[1].GetSingle() * height)).ToArray();
            var torso = Vector2.Distance(places[11] + places[12], places[23] + places[24]) / 2;
            for (var i = 0; i < places.Length; i++)
            {
                var place = places[i];
                var distance = 100.0 * Vector2.Distance(place, found.Points[i].Position) / torso;
                distances.Add(distance);
                if (wanted[i][3].GetSingle() > 0.5f && place.X >= 0 && place.Y >= 0 && place.X < width && place.Y < height)
                {
                    visible.Add(distance);
                }

                inSpace.Add(1000.0 * Vector3.Distance(new Vector3(world[i][0].GetSingle(), world[i][1].GetSingle(), world[i][2].GetSingle()), found.Points[i].World));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: mean {distances.Average():F2} %, median {distances.Order().ElementAt(distances.Count / 2):F2} %, mean of the visible {visible.Average():F2} %, in space {inSpace.Average():F1} mm"));
        Assert.InRange(distances.Average(), 0, limitPercent);
        Assert.InRange(visible.Average(), 0, visibleLimitPercent);
        Assert.InRange(inSpace.Average(), 0, limitMillimetres);
    }

    [Theory]
    [InlineData("press-standing-side-barbell-2reps", PoseModel.Full)]
    [InlineData("front-raise-standing-side", PoseModel.Full)]
    public async Task Estimate_SideView_AgreesWithOpenPoseOnTheNearSide(string clip, PoseModel model)
    {
        var openPose = NpyFile.Read(SharedData.Require($"clips/{clip}.openpose.npy"));
        var reader = await VideoReader.OpenAsync(SharedData.Require($"clips/{clip}.mp4"));
        using var tracker = new BodyTracker(InstalledModels.RequireNetworks(model), new BlazePoseOptions());
        var near = NearSide(openPose);
        var (close, closeInside, all) = (0, 0, 0);
        var frame = -1;
        await foreach (var sighting in tracker.TrackAsync(reader.ReadFramesAsync()))
        {
            var found = sighting.Landmarks;
            frame++;
            if (found is null || Torso(openPose, frame) is not { } torso)
            {
                continue;
            }

            foreach (var joint in near)
            {
                if (openPose[frame, joint] is { Confidence: > 0.3f } there)
                {
                    // OpenPose puts a joint that is cut off at the picture's edge, BlazePose a little outside: its place counts.
                    var (here, _, _) = BlazePoseJoints.Joint(found.Points, joint);
                    var inside = here.X >= 0 && here.Y >= 0 && here.X < reader.Width && here.Y < reader.Height;
                    var isClose = Vector2.Distance(here, new(there.X, there.Y)) <= 0.2f * torso;
                    all++;
                    close += isClose ? 1 : 0;
                    closeInside += isClose && inside ? 1 : 0;
                }
            }
        }

        var share = (double)close / all;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clip} {model}: PCK@0.2 torso {share:F3} of {all}; {(double)closeInside / all:F3} where joints placed outside the picture count as missed"));
        Assert.InRange(share, 0.95, 1);
    }

    // The arm towards the camera is the one OpenPose is surer of.
    private static Joint[] NearSide(SkeletonSequence sequence)
    {
        var right = 0f;
        for (var frame = 0; frame < sequence.FrameCount; frame++)
        {
            right += sequence[frame, Joint.RightElbow].Confidence + sequence[frame, Joint.RightWrist].Confidence
                - sequence[frame, Joint.LeftElbow].Confidence - sequence[frame, Joint.LeftWrist].Confidence;
        }

        Joint[] joints =
        [
            Joint.Nose, Joint.Neck, Joint.RightShoulder, Joint.RightElbow, Joint.RightWrist, Joint.RightHip, Joint.RightKnee, Joint.RightAnkle, Joint.RightEye, Joint.RightEar,
        ];
        return right > 0 ? joints : Array.ConvertAll(joints, joint => joint.Mirror());
    }

    private static float? Torso(SkeletonSequence sequence, int frame)
    {
        var (neck, right, left) = (sequence[frame, Joint.Neck], sequence[frame, Joint.RightHip], sequence[frame, Joint.LeftHip]);
        var hip = right.IsMissing ? left : left.IsMissing ? right : new Keypoint((left.X + right.X) / 2, (left.Y + right.Y) / 2, 1);
        return neck.IsMissing || hip.IsMissing ? null : Vector2.Distance(new(neck.X, neck.Y), new(hip.X, hip.Y));
    }
}
