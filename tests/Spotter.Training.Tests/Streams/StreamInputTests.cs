using Spotter.Skeletons;
using Spotter.Training.Streams;

namespace Spotter.Training.Tests.Streams;

public sealed class StreamInputTests
{
    private const int Frames = 3;
    private const int Plane = Frames * Skeleton.JointCount;

    [Fact]
    public void Of_Joints_IsACopy()
    {
        var input = Body();
        var shown = StreamInput.Of(StreamKind.Joints, input);
        Assert.Equal(input, shown);
        Assert.NotSame(input, shown);
    }

    [Fact]
    public void Of_Bones_AddedUpFromTheNeckGiveTheJointsBack()
    {
        var input = Body();
        var bones = StreamInput.Of(StreamKind.Bones, input);
        for (var frame = 0; frame < Frames; frame++)
        {
            var place = new Dictionary<Joint, (float X, float Y)> { [Joint.Neck] = At(input, frame, Joint.Neck) };
            foreach (var (from, to) in Skeleton.Bones)
            {
                var bone = At(bones, frame, to);
                place[to] = (place[from].X + bone.X, place[from].Y + bone.Y);
                Assert.Equal(At(input, frame, to).X, place[to].X, 5);
                Assert.Equal(At(input, frame, to).Y, place[to].Y, 5);
            }

            Assert.Equal((0f, 0f, 0f), (At(bones, frame, Joint.Neck).X, At(bones, frame, Joint.Neck).Y, Confidence(bones, frame, Joint.Neck)));
        }
    }

    [Fact]
    public void Of_Bones_MissingJointLeavesTheBonesAtItOut()
    {
        var bones = StreamInput.Of(StreamKind.Bones, Without(Body(), 1, Joint.RightElbow));
        foreach (var joint in new[] { Joint.RightElbow, Joint.RightWrist })
        {
            Assert.Equal((0f, 0f, 0f), (At(bones, 1, joint).X, At(bones, 1, joint).Y, Confidence(bones, 1, joint)));
        }

        Assert.Equal(0.5f, Confidence(bones, 1, Joint.RightShoulder));
        Assert.Equal(0.5f, Confidence(bones, 0, Joint.RightWrist));
    }

    [Fact]
    public void Of_Motion_IsTheWayToTheNextFrame()
    {
        var input = Body();
        var motion = StreamInput.Of(StreamKind.Motion, input);
        foreach (var joint in Enum.GetValues<Joint>())
        {
            Assert.Equal(At(input, 2, joint).X - At(input, 1, joint).X, At(motion, 1, joint).X);
            Assert.Equal(At(input, 2, joint).Y - At(input, 1, joint).Y, At(motion, 1, joint).Y);
            Assert.Equal(0.5f, Confidence(motion, 1, joint));
            Assert.Equal((0f, 0f, 0f), (At(motion, 2, joint).X, At(motion, 2, joint).Y, Confidence(motion, 2, joint)));
        }
    }

    [Fact]
    public void Of_Motion_MissingJointDoesNotMove()
    {
        var motion = StreamInput.Of(StreamKind.Motion, Without(Body(), 1, Joint.LeftWrist));
        Assert.Equal((0f, 0f, 0f), (At(motion, 0, Joint.LeftWrist).X, At(motion, 0, Joint.LeftWrist).Y, Confidence(motion, 0, Joint.LeftWrist)));
        Assert.Equal((0f, 0f, 0f), (At(motion, 1, Joint.LeftWrist).X, At(motion, 1, Joint.LeftWrist).Y, Confidence(motion, 1, Joint.LeftWrist)));
    }

    [Theory]
    [InlineData(StreamKind.Bones)]
    [InlineData(StreamKind.Motion)]
    public void Of_BodyElsewhere_ShowsTheSame(StreamKind stream)
    {
        var input = Body();
        var moved = input.Select((value, at) => at < 2 * Plane ? value + 0.25f : value).ToArray();
        var (first, second) = (StreamInput.Of(stream, input), StreamInput.Of(stream, moved));
        Assert.All(first.Zip(second), pair => Assert.Equal(pair.First, pair.Second, 5));
    }

    private static float[] Body() => [.. Enumerable.Range(0, 3 * Plane).Select(at => at < 2 * Plane ? MathF.Sin(at * at) : 0.5f)];

    private static float[] Without(float[] input, int frame, Joint joint)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            input[(channel * Plane) + (frame * Skeleton.JointCount) + (int)joint] = 0;
        }

        return input;
    }

    private static (float X, float Y) At(float[] input, int frame, Joint joint) =>
        (input[(frame * Skeleton.JointCount) + (int)joint], input[Plane + (frame * Skeleton.JointCount) + (int)joint]);

    private static float Confidence(float[] input, int frame, Joint joint) => input[(2 * Plane) + (frame * Skeleton.JointCount) + (int)joint];
}
