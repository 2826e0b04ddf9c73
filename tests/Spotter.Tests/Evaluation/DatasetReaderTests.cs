using Spotter.Evaluation;
using Spotter.Poses;
using Spotter.Video;

namespace Spotter.Tests.Evaluation;

public sealed class DatasetReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("spotter-dataset").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Read_GoodAndBadFolders_TakesSubfoldersAsSessions()
    {
        Put("good/anna/1.npy");
        Put("good/anna/2.npy");
        Put("good/loose.npy");
        Put("bad/anna/3.npy");
        Put("notes/other.npy");
        var clips = DatasetReader.Read(folder, "shoulder-press");
        Assert.Equal(
            [("bad/anna/3.npy", false, "anna"), ("good/anna/1.npy", true, "anna"), ("good/anna/2.npy", true, "anna"), ("good/loose.npy", true, "good/loose.npy")],
            clips.Select(clip => (clip.Name, clip.Correct, clip.Session)));
        Assert.All(clips, clip => Assert.Equal(40, clip.Keypoints.FrameCount));
    }

    [Fact]
    public void Read_FolderOfExercise_IsFoundInside()
    {
        Put("front-raise/correct/1.npy");
        Put("shoulder-press/correct/1.npy");
        Assert.Equal("front-raise/correct/1.npy", Assert.Single(DatasetReader.Read(folder, "front-raise")).Name);
    }

    [Fact]
    public void Read_SessionsFile_TakesItsColumns()
    {
        Put("press/a.npy");
        Put("press/b.npy");
        File.WriteAllText(
            Path.Combine(folder, "sessions.csv"),
            "file,exercise,session,label,near_duplicate_of\npress/b.npy,press,s1,bad,a\npress/a.npy,press,s1,good,b\nx.npy,curl,s2,good,\n");
        var clips = DatasetReader.Read(folder, "press");
        Assert.Equal([("press/a.npy", true, false), ("press/b.npy", false, true)], clips.Select(clip => (clip.Name, clip.Correct, clip.IsNearDuplicate)));
        Assert.All(clips, clip => Assert.True(clip.HoldsOneRepetition && clip.Session == "s1"));
    }

    [Theory]
    [InlineData("exercise,file,label\n", "column 'session'")]
    [InlineData("exercise,file,label,session\npress,a.npy,good\n", "cells")]
    [InlineData("exercise,file,label,session\npress,a.npy,fine,s1\n", "unknown label")]
    [InlineData("exercise,file,label,session\npress,a.npy,good,s1\n", "cannot be read")]
    [InlineData("exercise,file,label,session\ncurl,a.npy,good,s1\n", "holds no keypoint files")]
    [InlineData("", "column 'exercise'")]
    public void Read_DamagedSessionsFile_SaysWhatIsWrong(string content, string expected)
    {
        File.WriteAllText(Path.Combine(folder, "sessions.csv"), content);
        var error = Assert.Throws<VideoFormatException>(() => DatasetReader.Read(folder, "press"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingOrEmptyFolder_SaysSo()
    {
        Assert.Throws<VideoFormatException>(() => DatasetReader.Read(Path.Combine(folder, "none"), "press"));
        Assert.Throws<VideoFormatException>(() => DatasetReader.Read(folder, "press"));
    }

    private void Put(string name)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        NpyFile.Write(path, Recordings.Press(correct: true, "s").Clip.Keypoints);
    }
}
