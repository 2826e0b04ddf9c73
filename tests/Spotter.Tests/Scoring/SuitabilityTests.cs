using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Tests.Scoring;

public sealed class SuitabilityTests
{
    private static readonly PoseTrack Press = PoseTrack.FromKeypoints(new PressFigure().Render());

    [Fact]
    public void OfClip_OrdinaryClip_HasNoReason() => Assert.Empty(Suitability.OfClip(Press));

    [Theory]
    [InlineData(0.15, 0.0, true)]
    [InlineData(0.0, 0.08, true)]
    [InlineData(0.08, 0.04, false)]
    public void OfClip_MovingCamera_IsRefusedWhetherItGoesAwayOrShakes(double inAll, double perSecond, bool refused)
    {
        var codes = Codes(Press with { Camera = CameraTracks.Moving(Press.Skeleton.Timestamps[^1], perSecond, inAll) });

        Assert.Equal(refused ? [ReasonCodes.CameraMoves] : [], codes);
    }

    [Theory]
    [InlineData(0.6, true)]
    [InlineData(0.2, false)]
    public void OfClip_SecondPerson_IsRefusedWhenOftenSeen(double share, bool refused) =>
        Assert.Equal(refused ? [ReasonCodes.SeveralPeople] : [], Codes(Press with { People = [.. Enumerable.Range(0, Press.Skeleton.FrameCount).Select(frame => frame % 10 < 10 * share ? 2 : 1)] }));

    [Fact]
    public void OfClip_SmallPerson_IsRefused() =>
        Assert.Equal([ReasonCodes.PersonTooSmall], Codes(PoseTrack.FromKeypoints(new PressFigure { Scale = 45 }.Render())));

    [Fact]
    public void ShowsMovement_FewFramesOnly_LetsTheMovementBeNamed()
    {
        var slow = Suitability.OfClip(PoseTrack.FromKeypoints(new PressFigure { FramesPerSecond = 10 }.Render()));
        var nobody = Suitability.OfClip(PoseTrack.FromKeypoints(SkeletonSequence.AtConstantRate(new float[60 * Skeleton.JointCount * 3], 30, 640, 480)));

        Assert.Equal([ReasonCodes.FrameRateTooLow], slow.Select(reason => reason.Code));
        Assert.True(Suitability.ShowsMovement(slow));
        Assert.Equal([ReasonCodes.NoPerson], nobody.Select(reason => reason.Code));
        Assert.False(Suitability.ShowsMovement(nobody));
    }

    private static IEnumerable<string> Codes(PoseTrack track) => Suitability.OfClip(track).Select(reason => reason.Code);
}
