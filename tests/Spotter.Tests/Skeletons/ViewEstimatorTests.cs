using System.Numerics;
using CsCheck;
using Spotter.Poses;
using Spotter.Skeletons;

namespace Spotter.Tests.Skeletons;

public sealed class ViewEstimatorTests
{
    [Theory]
    [InlineData(0, View.Front)]
    [InlineData(15, View.Front)]
    [InlineData(45, View.Diagonal)]
    [InlineData(-45, View.Diagonal)]
    [InlineData(70, View.Side)]
    [InlineData(90, View.Side)]
    [InlineData(-90, View.Side)]
    [InlineData(180, View.Diagonal)]
    public void Estimate_Figure_NamesTheView(double azimuth, View expected) =>
        Assert.Equal(expected, ViewEstimator.Estimate(new PressFigure { AzimuthDegrees = azimuth }.Render())!.Value.View);

    [Fact]
    public void Estimate_AnyAzimuth_IsNear() =>
        Gen.Double[-150, 150].Where(azimuth => Math.Abs(azimuth) > 30).Sample(azimuth =>
            Assert.InRange(ViewEstimator.Estimate(new PressFigure { AzimuthDegrees = azimuth }.Render())!.Value.AzimuthDegrees, azimuth - 15, azimuth + 15), iter: 50);

    [Fact]
    public void Estimate_MirroredPicture_IsTurnedTheOtherWay() =>
        Gen.Double[30, 175].Sample(azimuth =>
        {
            var sequence = new PressFigure { AzimuthDegrees = azimuth }.Render();
            var (straight, mirrored) = (ViewEstimator.Estimate(sequence)!.Value, ViewEstimator.Estimate(sequence.Mirror())!.Value);
            Assert.Equal(straight.View, mirrored.View);
            Assert.Equal(straight.AzimuthDegrees, -mirrored.AzimuthDegrees, 1e-3);
            Assert.Equal(straight.NearSide, mirrored.NearSide.Other());
        }, iter: 50);

    [Fact]
    public void Estimate_JointsInSpace_GiveTheAzimuth()
    {
        var joints = new Vector3[18];
        var (sin, cos) = Math.SinCos(70 * Math.PI / 180);
        joints[(int)Joint.LeftShoulder] = joints[(int)Joint.LeftHip] = new Vector3((float)(0.2 * cos), 0, (float)(0.2 * sin));
        joints[(int)Joint.RightShoulder] = joints[(int)Joint.RightHip] = -joints[(int)Joint.LeftHip];

        var estimate = ViewEstimator.Estimate([null, joints])!.Value;

        Assert.Equal(70, estimate.AzimuthDegrees, 1e-3);
        Assert.Equal(View.Side, estimate.View);
        Assert.Equal(BodySide.Right, estimate.NearSide);
    }

    [Fact]
    public void Estimate_NobodyThere_IsNull()
    {
        Assert.Null(ViewEstimator.Estimate(SkeletonSequence.AtConstantRate(new float[18 * 3 * 4], 30)));
        Assert.Null(ViewEstimator.Estimate([null]));
    }

    [Theory]
    [InlineData("pose-trainer/shoulder-press", View.Side)]
    [InlineData("pose-trainer/shoulder-shrug", View.Front)]
    [InlineData("front-view/shoulder-press", View.Front)]
    [InlineData("front-view/bicep-curl", View.Side)]
    [InlineData("front-view/front-raise", View.Side)]
    [InlineData("front-view/triceps-pushdown", View.Side)]
    [InlineData("pose-trainer/bicep-curl", View.Side)]
    [InlineData("pose-trainer/front-raise", View.Side)]
    public void Estimate_RecordedSequences_AllGetTheirView(string folder, View expected)
    {
        foreach (var file in Directory.GetFiles(SharedData.Require("datasets/" + folder), "*.npy").Order())
        {
            var sequence = SkeletonCleaning.Clean(NpyFile.Read(file, 30));
            var estimate = ViewEstimator.Estimate(sequence);
            Assert.True(estimate?.View == expected, $"{Path.GetFileName(file)}: {estimate}");
        }
    }
}
