using System.Runtime.Versioning;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Work;

/// <summary>Who may look into the folder with clips and keys.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFolderTests : IDisposable
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Everybodys = Mine | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Make_NewFolder_IsForItsUserAlone()
    {
        SkipOnWindows();
        PrivateFolder.Make(folder.File("data"));

        Assert.Equal(Mine, File.GetUnixFileMode(folder.File("data")));
        Assert.False(PrivateFolder.IsOpenToOthers(folder.File("data")));
    }

    [Theory]
    [InlineData(Everybodys, Everybodys, true)]
    [InlineData(Mine, Everybodys, false)]
    [InlineData(Everybodys, Mine, false)]
    [InlineData(Everybodys, Mine | UnixFileMode.GroupRead | UnixFileMode.GroupExecute, false)]
    public void IsOpenToOthers_ByItsRightsAndThoseAbove_IsTold(UnixFileMode above, UnixFileMode own, bool isOpen)
    {
        SkipOnWindows();
        var data = Directory.CreateDirectory(folder.File("above/data")).FullName;
        File.SetUnixFileMode(data, own);
        File.SetUnixFileMode(folder.File("above"), above);
        File.SetUnixFileMode(folder.Path, Everybodys);

        Assert.Equal(isOpen, PrivateFolder.IsOpenToOthers(data));
    }

    public void Dispose() => folder.Dispose();

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
}
