namespace Spotter.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("spotter-").FullName;

    [Fact]
    public void Write_Text_IsThereWhole()
    {
        var path = Path.Combine(folder, "new", "a.txt");

        AtomicFile.WriteAllText(path, "größer");

        Assert.Equal("größer", File.ReadAllText(path));
    }

    [Fact]
    public void Write_FailingHalfway_KeepsTheOldFileAndLeavesNothing()
    {
        var path = Path.Combine(folder, "a.txt");
        AtomicFile.WriteAllText(path, "old");

        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("disk full");
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void RemoveLeftovers_OfAKilledWrite_LeavesTargetAndOthers()
    {
        var path = Path.Combine(folder, "a.state");
        AtomicFile.WriteAllText(path, "whole");
        File.WriteAllText(Path.Combine(folder, ".a.state.0123456789abcdef.tmp"), "half");
        File.WriteAllText(Path.Combine(folder, ".b.state.0123456789abcdef.tmp"), "another's");

        AtomicFile.RemoveLeftovers(path);

        Assert.Equal([".b.state.0123456789abcdef.tmp", "a.state"], Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
