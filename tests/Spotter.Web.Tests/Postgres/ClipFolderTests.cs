using Npgsql;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;
using Spotter.Web.Postgres;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Postgres;

/// <summary>The back end in PostgreSQL as servers and workers open it.</summary>
[Collection(PostgresTests.Name)]
public sealed class ClipFolderTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Open_SameFolderAgain_FindsWhatIsThere()
    {
        var address = await server.NewSchemaAsync();
        var name = ClipName.Original(JobId.New());
        await using (var first = await OpenAsync(address, "clips"))
        {
            await File.WriteAllTextAsync(folder.File("local"), "clip");
            await first.Clips.SaveAsync(name, folder.File("local"));
        }

        await using var second = await OpenAsync(address, "clips");

        Assert.True(second.IsShared);
        await using var content = (await second.Clips.OpenAsync(name))!.Content;
        Assert.Equal(4, content.Length);
    }

    [Fact]
    public async Task Open_AnotherFolder_IsRefused()
    {
        var address = await server.NewSchemaAsync();
        await (await OpenAsync(address, "clips")).DisposeAsync();

        var notMounted = await Assert.ThrowsAsync<BackEndException>(() => OpenAsync(address, "empty"));

        Assert.Contains("not the one", notMounted.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("empty")));
    }

    [Fact]
    public async Task Open_NoServer_SaysWhatToDo()
    {
        var error = await Assert.ThrowsAsync<BackEndException>(() => OpenAsync("postgresql://someone:secret@127.0.0.1:1/none", "clips"));

        Assert.Contains("SPOTTER_POSTGRES", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://ann:p%40ss@db.example:5433/spotter?sslmode=verify-full&search_path=a", "db.example", 5433, "ann", "p@ss", "spotter")]
    [InlineData("postgres://db.example/spotter", "db.example", 5432, null, null, "spotter")]
    [InlineData("Host=db.example;Username=ann;Database=spotter", "db.example", 5432, "ann", null, "spotter")]
    public void Address_EitherForm_IsUnderstood(string text, string host, int port, string? user, string? password, string database)
    {
        var found = PostgresAddress.Parse(text);

        Assert.Equal((host, port, user, password, database), (found.Host, found.Port, found.Username, found.Password, found.Database));
        Assert.True(found.KeepAlive > 0);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("postgresql://db/x?what")]
    [InlineData("Username=ann")]
    [InlineData("")]
    public void Address_Nonsense_IsRefused(string text) => Assert.Throws<BackEndException>(() => PostgresAddress.Parse(text));

    public void Dispose() => folder.Dispose();

    private Task<BackEnd> OpenAsync(string address, string clips) => PostgresBackEnd.WithFolder(address, folder.File(clips))(
        new BackEndSetting(folder.Path, new JobPolicy(), TimeProvider.System), CancellationToken.None);
}
