using System.Numerics;
using CsCheck;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Tests.Synthesis;

public sealed class SpaceAnglesTests
{
    private static readonly BodyPose Pose = new SetMotion(new MannequinOptions { Seed = 4, Faults = [new Fault(FaultKind.ElbowsForward, 35), new Fault(FaultKind.LeanBack, 12)] }).PoseAt(1.5);

    [Theory]
    [InlineData(-35, 40, 25, 10)]
    [InlineData(20, -15, 60, -5)]
    [InlineData(-80, 0, 5, 0)]
    public void Of_PoseOfKnownAngles_IsThose(double elevation, double forward, double tilt, double lean)
    {
        var arms = new[] { -1, 1 }.Select(outward => new ArmDirections(ArmDirections.PointUpperArm(outward, elevation, forward), ArmDirections.PointForearm(outward, tilt, 30))).ToArray();
        var pose = new BodyPose(BodyProportions.Average, new BodyAngles(lean, 0, 2, arms[0], arms[1], 0, 0), seated: false);

        foreach (var side in BodySides.Both)
        {
            var angles = SpaceAngles.Of(pose.Joints, side);
            Assert.Equal(arms[(int)side].ElbowAngle, angles.Elbow, 0.01);
            Assert.Equal(tilt, angles.ForearmTilt, 0.01);
            Assert.Equal(elevation, angles.Elevation, 0.01);
            Assert.Equal(forward, angles.Forward, 0.01);
            Assert.Equal(lean, angles.Lean, 0.01);
        }
    }

    [Fact]
    public void Turn_WhatACameraSees_GivesTheBodysOwnAngles() => Gen.Double[-180, 180].Sample(azimuth =>
    {
        var camera = new Camera(new Vector3(0, 1, 0), 3, new CameraPlacement { Azimuth = azimuth }, 360, 640);
        Vector3[] seen = [.. Pose.ToArray().Select(joint => camera.ToCamera(joint) * new Vector3(1, -1, 1))];

        foreach (var side in BodySides.Both)
        {
            var (exact, turned) = (SpaceAngles.Of(Pose.Joints, side), SpaceAngles.Of(SpaceAngles.Turn(seen, azimuth), side));
            Assert.Equal(exact.Elbow, turned.Elbow, 0.05);
            Assert.Equal(exact.ForearmTilt, turned.ForearmTilt, 0.05);
            Assert.Equal(exact.Elevation, turned.Elevation, 0.05);
            Assert.Equal(exact.Forward, turned.Forward, 0.05);
            Assert.Equal(exact.Lean, turned.Lean, 0.05);
        }
    });

    [Fact]
    public void Turn_ByTheViewEstimateOfTheSameJoints_GivesTheBodysOwnAngles() => Gen.Double[-179, 179].Sample(azimuth =>
    {
        var camera = new Camera(new Vector3(0, 1, 0), 3, new CameraPlacement { Azimuth = azimuth }, 360, 640);
        Vector3[] seen = [.. Pose.ToArray().Select(joint => camera.ToCamera(joint) * new Vector3(1, -1, 1))];

        Assert.Equal(azimuth, ViewEstimator.Estimate([seen])!.Value.AzimuthDegrees, 1.5);
    });
}
