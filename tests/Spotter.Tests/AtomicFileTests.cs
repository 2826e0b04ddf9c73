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

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
