using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Tests.Poses;

public sealed class KeypointJsonTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("spotter-");

    private string Target => Path.Combine(folder.FullName, "keypoints.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Read_WhatWasWritten_IsTheSameWithItsTimesAndSize()
    {
        var sequence = new PressFigure { FramesPerSecond = 24 }.Render();
        File.WriteAllText(Target, KeypointJson.Serialize(sequence));

        var read = (await ClipSource.FollowAsync(Target, PoseModel.Full, 30)).Skeleton;

        Assert.Equal((sequence.Width, sequence.Height, sequence.FrameCount), (read.Width, read.Height, read.FrameCount));
        Assert.All(read.Timestamps.ToArray().Zip(sequence.Timestamps.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        Assert.All(read.Keypoints.ToArray().Zip(sequence.Keypoints.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 0.01));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("{}")]
    [InlineData("""{"width":1,"height":1,"joints":["nose"],"frames":[]}""")]
    public void Read_SomethingElse_SaysWhatIsWrong(string json)
    {
        File.WriteAllText(Target, json);
        Assert.Contains("keypoints.json", Assert.Throws<VideoFormatException>(() => KeypointJson.Read(Target)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"seconds\":0.0417", "\"seconds\":-1")]
    [InlineData("[640,", "[1e30,")]
    [InlineData(",0.8]", ",1.8]")]
    public void Read_ImpossibleNumbers_AreRefused(string number, string impossible)
    {
        var json = KeypointJson.Serialize(new PressFigure { FramesPerSecond = 24 }.Render());
        Assert.Contains(number, json, StringComparison.Ordinal);
        File.WriteAllText(Target, json.Replace(number, impossible, StringComparison.Ordinal));
        Assert.Throws<VideoFormatException>(() => KeypointJson.Read(Target));
    }

    [Fact]
    public void Read_NoSuchFile_IsRefused() => Assert.Throws<VideoFormatException>(() => KeypointJson.Read(Target));
}
