using System.Diagnostics;

namespace Spotter.Tests;

/// <summary>Whatever is wrong with the input, the program says so in one line and leaves nothing behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("text.mp4", "this is no clip")]
    [InlineData("empty.mp4", "")]
    [InlineData("list.mp4", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")]
    [InlineData("text.npy", "this is no array")]
    [InlineData("other.json", "{\"a\": 1}")]
    [InlineData("list.json", "[1]")]
    public async Task Analyze_UnreadableFile_ExitsThreeWithOneSentence(string name, string content)
    {
        await File.WriteAllTextAsync(folder[name], content);

        await AssertRefusedAsync(3, "analyze", folder[name]);
    }

    [Theory]
    [InlineData("nothing.mp4")]
    [InlineData("nothing.npy")]
    [InlineData("nothing.json")]
    public async Task Analyze_MissingFile_ExitsThreeAndSaysSo(string name) =>
        Assert.Contains("There is no file", await AssertRefusedAsync(3, "analyze", folder[name]), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost/clip.mp4")]
    [InlineData("https://localhost/list.m3u8")]
    public async Task Analyze_NetworkAddress_ExitsThreeAndMakesNoFolder(string address)
    {
        await AssertRefusedAsync(3, "analyze", address);

        Assert.False(Directory.Exists(address[..address.IndexOf('/', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Analyze_UnreadableClipIntoNewFolders_MakesNone()
    {
        await AssertRefusedAsync(3, "analyze", folder["typo/clip.mp4"]);
        await File.WriteAllTextAsync(folder["text.mp4"], "this is no clip");
        await AssertRefusedAsync(3, "analyze", folder["text.mp4"], "--out", folder["out"]);
    }

    [Fact]
    public async Task Analyze_OutIsAFile_ExitsThreeBeforeLookingAtTheClip()
    {
        await File.WriteAllTextAsync(folder["file"], "here already");

        await AssertRefusedAsync(3, "analyze", Path.Combine(SharedData.Repository, "samples", "press-good.mp4"), "--out", folder["file"]);
    }

    [Fact]
    public async Task Analyze_WithoutFfmpeg_ExitsOneAndSaysHowToInstallIt()
    {
        var outcome = await SpotterProcess.RunWithAsync(
            new Dictionary<string, string> { ["PATH"] = folder.Path }, "analyze", Path.Combine(SharedData.Repository, "samples", "press-good.mp4"), "--no-video");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Install it with", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyze_EmptyFolder_ExitsThree() => await AssertRefusedAsync(3, "analyze", folder.Path);

    [Fact]
    public async Task Analyze_DiskFull_SaysSoAndLeavesTheReportAlone()
    {
        var disk = folder["disk"];
        Directory.CreateDirectory(disk);
        using (var mount = Process.Start(new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]) { RedirectStandardError = true, UseShellExecute = false })!)
        {
            await mount.WaitForExitAsync();
            Assert.SkipUnless(mount.ExitCode == 0, "needs the right to mount a small disk");
        }

        try
        {
            var outcome = await SpotterProcess.RunAsync(
                "analyze", Path.Combine(SharedData.Repository, "samples", "press-good.mp4"), "--out", disk);

            Assert.Equal(3, outcome.ExitCode);
            Assert.Contains("free space", outcome.Error, StringComparison.Ordinal);
            Assert.Contains("shoulder press", outcome.Output, StringComparison.OrdinalIgnoreCase); // the verdict is not lost with the picture
            Assert.Equal([Path.Combine(disk, "report.json")], Directory.GetFileSystemEntries(disk));
        }
        finally
        {
            using var unmount = Process.Start("umount", [disk]);
            await unmount.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Analyze_UnknownExercise_ExitsTwoAndNamesTheKnownOnes()
    {
        await SpotterProcess.RunAsync("synth", "--keypoints", folder["a.npy"]);

        var outcome = await SpotterProcess.RunAsync("analyze", folder["a.npy"], "--exercise", "juggling");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("shoulder-press", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyze_UnknownOption_ExitsTwo() => await AssertUsageAsync("analyze", "clip.mp4", "--wrong");

    [Fact]
    public async Task Analyze_NoClip_ExitsTwo() => await AssertUsageAsync("analyze");

    [Fact]
    public async Task Pose_UnknownFormat_ExitsTwo() => await AssertUsageAsync("pose", "clip.mp4", "--out", "a.txt");

    [Fact]
    public async Task Synth_UnknownFault_ExitsTwo() => await AssertUsageAsync("synth", "--json", "--fault", "sneezing:3");

    [Fact]
    public async Task Analyze_OneFrame_CannotBeJudged()
    {
        await SpotterProcess.RunAsync("synth", "--keypoints", folder["a.npy"]);
        var all = Poses.NpyFile.Read(folder["a.npy"]);
        Poses.NpyFile.Write(folder["one.npy"], all.Slice(0, 1));

        var outcome = await SpotterProcess.RunAsync("analyze", folder["one.npy"]);

        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains("too-short", outcome.Output, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private async Task<string> AssertRefusedAsync(int exitCode, params string[] arguments)
    {
        var before = Directory.GetFileSystemEntries(folder.Path);
        var outcome = await SpotterProcess.RunAsync(arguments);

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.StartsWith("spotter: ", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder.Path));
        return outcome.Error;
    }

    private static async Task AssertUsageAsync(params string[] arguments)
    {
        var outcome = await SpotterProcess.RunAsync(arguments);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.NotEmpty(outcome.Error);
    }
}
