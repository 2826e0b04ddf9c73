using Spotter.Poses;
using Spotter.Skeletons;

namespace Spotter.Tests.Poses;

public sealed class PoseTrackTests
{
    [Fact]
    public void InClipPixels_FramesLookedAtSmaller_HasTheClipsPlaces()
    {
        var looked = new PressFigure().Render();
        var track = PoseTrack.FromKeypoints(looked) with { Width = 3 * looked.Width, Height = 3 * looked.Height };
        var (small, large) = (looked[5, Joint.RightWrist], track.InClipPixels()[5, Joint.RightWrist]);
        Assert.Equal((3 * small.X, 3 * small.Y, small.Confidence), (large.X, large.Y, large.Confidence));
        Assert.Equal((track.Width, track.Height), (track.InClipPixels().Width, track.InClipPixels().Height));
    }
}
