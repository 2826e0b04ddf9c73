using CsCheck;
using Spotter.Explanation;
using Spotter.Packs;
using Spotter.Skeletons;

namespace Spotter.Tests.Explanation;

public sealed class PathRestorationTests
{
    private const int Frames = 32;
    private const int Plane = Frames * Skeleton.JointCount;

    private static readonly PathTemplate Path = new()
    {
        Mean = [.. Enumerable.Range(0, 3 * Plane).Select(at => at < 2 * Plane ? 0.1f : 0.5f)],
        Reach = [.. Enumerable.Repeat(0.2f, Skeleton.JointCount)],
    };

    [Fact]
    public void Restore_AnyInput_BringsOnlyTheJointsBackAndOnlyThen() => Gen.Float[-1, 1].Array[3 * Plane].Sample(input =>
    {
        Array.Fill(input, 0.5f, 2 * Plane, Plane);
        var restored = PathRestoration.Restore(Path, input, [Joint.RightElbow], 10, 20);

        for (var frame = 0; frame < Frames; frame++)
        {
            foreach (var joint in Enum.GetValues<Joint>())
            {
                var (before, after) = (Path.DistanceFromMean(input, joint, frame), Path.DistanceFromMean(restored, joint, frame));
                Assert.True(joint == Joint.RightElbow && frame is > 7 and < 23 ? after <= before + 1e-5 : after == before);
                Assert.True(joint != Joint.RightElbow || frame is < 10 or > 20 || after <= 0.1 + 1e-4);
            }
        }
    }, iter: 20);

    [Fact]
    public void Restore_MissingJoint_StaysMissing()
    {
        var restored = PathRestoration.Restore(Path, new float[3 * Plane], [Joint.RightElbow], 0, Frames - 1);

        Assert.All(restored, value => Assert.Equal(0, value));
    }
}
