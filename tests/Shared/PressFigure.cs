using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Tests;

/// <summary>A stick figure that presses: exact keypoints of a known movement, seen from any side, for tests of what is measured on it.</summary>
internal sealed record PressFigure
{
    private const float Torso = 0.5f, ShoulderHalf = 0.16f, HipHalf = 0.10f, UpperArm = 0.30f, Forearm = 0.26f, Thigh = 0.42f, Shin = 0.42f;

    public int Repetitions { get; init; } = 3;

    public double FramesPerSecond { get; init; } = 30;

    public double SecondsPerRepetition { get; init; } = 2;

    /// <summary>Standing still with the hands at the shoulders before, between and after.</summary>
    public double PauseSeconds { get; init; } = 0.5;

    /// <summary>0 faces the camera, 90 faces the right of the picture, -90 the left.</summary>
    public double AzimuthDegrees { get; init; }

    /// <summary>Upper arm from straight down, at the bottom.</summary>
    public double BottomDegrees { get; init; } = 60;

    /// <summary>Upper arm from straight down, at the top; also the elbow angle there, as the forearms stay upright.</summary>
    public double TopDegrees { get; init; } = 172;

    /// <summary>How far the left arm stays behind the right one at the top, degrees.</summary>
    public double LeftShortDegrees { get; init; }

    /// <summary>Upper arms out of the plane of the shoulders, forward, degrees.</summary>
    public double ForwardDegrees { get; init; } = 30;

    /// <summary>Trunk backwards at the top, degrees.</summary>
    public double LeanDegrees { get; init; }

    /// <summary>Bend of the knees in the first part of each rise, degrees.</summary>
    public double KneeDriveDegrees { get; init; }

    /// <summary>Pixels for a metre.</summary>
    public double Scale { get; init; } = 200;

    public double CentreX { get; init; } = 640;

    public double HipY { get; init; } = 400;

    public float Confidence { get; init; } = 0.8f;

    /// <summary>Confidence of the arm away from the camera, when the figure stands more than 45 degrees sideways.</summary>
    public float FarArmConfidence { get; init; } = 0.4f;

    public double DurationSeconds => (Repetitions * SecondsPerRepetition) + ((Repetitions + 1) * PauseSeconds);

    public SkeletonSequence Render() => Render([.. Enumerable.Range(0, (int)(DurationSeconds * FramesPerSecond) + 1).Select(i => i / FramesPerSecond)]);

    public SkeletonSequence Render(double[] times)
    {
        var keypoints = new float[times.Length * Skeleton.JointCount * 3];
        for (var frame = 0; frame < times.Length; frame++)
        {
            var (share, rising) = Phase(times[frame]);
            var joints = Pose(share, rising);
            for (var joint = 0; joint < joints.Length; joint++)
            {
                var (sin, cos) = MathF.SinCos((float)(AzimuthDegrees * Math.PI / 180));
                var at = ((frame * Skeleton.JointCount) + joint) * 3;

                // The figure's own right is the left of the picture when it faces the camera.
                keypoints[at] = (float)(CentreX + (Scale * ((-joints[joint].X * cos) + (joints[joint].Z * sin))));
                keypoints[at + 1] = (float)(HipY - (Scale * joints[joint].Y));
                keypoints[at + 2] = IsFarArm((Joint)joint) ? FarArmConfidence : Confidence;
            }
        }

        return new SkeletonSequence(keypoints, times, 1280, 720);
    }

    private bool IsFarArm(Joint joint) => joint switch
    {
        Joint.LeftShoulder or Joint.LeftElbow or Joint.LeftWrist => AzimuthDegrees > 45,
        Joint.RightShoulder or Joint.RightElbow or Joint.RightWrist => AzimuthDegrees < -45,
        _ => false,
    };

    private (double Share, bool Rising) Phase(double time)
    {
        var cycle = SecondsPerRepetition + PauseSeconds;
        var within = (time - PauseSeconds) / cycle;
        var repetition = Math.Floor(within);
        var t = (within - repetition) * cycle / SecondsPerRepetition;
        return repetition < 0 || repetition >= Repetitions || t >= 1
            ? (0, false)
            : ((1 - Math.Cos(2 * Math.PI * t)) / 2, t < 0.5);
    }

    // Metres from the hips: x to the figure's right, y up, z forward.
    private Vector3[] Pose(double share, bool rising)
    {
        var knee = rising ? KneeDriveDegrees * Math.Max(0, Math.Sin(2 * Math.PI * share)) : 0;
        var drop = (float)((Thigh + Shin) * (1 - Math.Cos(Radians(knee / 2))));
        var joints = new Vector3[Skeleton.JointCount];
        var lean = Matrix4x4.CreateRotationX((float)-Radians(LeanDegrees * share));
        Vector3 Upper(float x, float y, float z) => Vector3.Transform(new Vector3(x, y, z), lean) - new Vector3(0, drop, 0);
        joints[(int)Joint.Neck] = Upper(0, Torso, 0);
        joints[(int)Joint.Nose] = Upper(0, Torso + 0.18f, 0.12f);
        for (var side = -1; side <= 1; side += 2)
        {
            Joint Of(Joint right) => side > 0 ? right : right.Mirror();
            var top = TopDegrees - (side < 0 ? LeftShortDegrees : 0);
            var elevation = Radians(BottomDegrees + ((top - BottomDegrees) * share));
            var forward = Radians(ForwardDegrees);
            var shoulder = new Vector3(side * ShoulderHalf, Torso, 0);
            var elbow = shoulder + (UpperArm * new Vector3(
                (float)(side * Math.Sin(elevation) * Math.Cos(forward)), (float)-Math.Cos(elevation), (float)(Math.Sin(elevation) * Math.Sin(forward))));
            var wrist = elbow + new Vector3(0, Forearm, 0);
            joints[(int)Of(Joint.RightShoulder)] = Upper(shoulder.X, shoulder.Y, shoulder.Z);
            joints[(int)Of(Joint.RightElbow)] = Upper(elbow.X, elbow.Y, elbow.Z);
            joints[(int)Of(Joint.RightWrist)] = Upper(wrist.X, wrist.Y, wrist.Z);
            joints[(int)Of(Joint.RightEye)] = Upper(side * 0.03f, Torso + 0.21f, 0.10f);
            joints[(int)Of(Joint.RightEar)] = Upper(side * 0.07f, Torso + 0.19f, 0.02f);
            joints[(int)Of(Joint.RightHip)] = new Vector3(side * HipHalf, -drop, 0);
            joints[(int)Of(Joint.RightKnee)] = new Vector3(side * HipHalf, -(Thigh * (float)Math.Cos(Radians(knee / 2))) - drop, Thigh * (float)Math.Sin(Radians(knee / 2)));
            joints[(int)Of(Joint.RightAnkle)] = new Vector3(side * HipHalf, -Thigh - Shin, 0);
        }

        return joints;
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
