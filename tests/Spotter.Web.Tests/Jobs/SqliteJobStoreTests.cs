using Spotter.Web.Coaching;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;

namespace Spotter.Web.Tests.Jobs;

/// <summary>The embedded store keeps the contract.</summary>
public sealed class SqliteJobStoreTests : JobStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private EmbeddedDatabase? database;
    private SqliteJobStore? store;
    private SqliteJobStore? another;

    [Fact]
    public async Task Jobs_FileOpenedAgain_AreStillThere()
    {
        var first = Open(Policy, TimeProvider.System);
        var job = await first.EnqueueAsync(new NewJob { Id = JobId.New(), Kind = "judge", Details = "{}" });
        await first.ClaimAsync("worker");
        database!.Close();

        using var second = new SqliteJobStore(new EmbeddedDatabase(folder.File("spotter.db")), Policy, TimeProvider.System);
        Assert.Null(await second.ClaimAsync("worker"));
        second.ExpireLeases();

        Assert.Equal((job.Id, 2), ((await second.ClaimAsync("worker"))!.Job.Id, (await second.FindAsync(job.Id))!.Attempts));
    }

    [Fact]
    public void Database_OfNewerVersion_IsRefused()
    {
        Open(Policy, TimeProvider.System);
        using (var connection = database!.Open())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 9999";
            command.ExecuteNonQuery();
        }

        var error = Assert.Throws<InvalidOperationException>(() => new EmbeddedDatabase(folder.File("spotter.db")));

        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Database_OfTheVersionBeforeServersHadNames_KeepsItsLabelsAndGetsOneForGood()
    {
        Open(Policy, TimeProvider.System);
        new CoachBook(database!, TimeProvider.System).Label(new ClipLabel("clip", "Ann", SetLabel.Correct, ""));
        using (var connection = database!.Open())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE server; PRAGMA user_version = 3";
            command.ExecuteNonQuery();
        }

        var book = new CoachBook(new EmbeddedDatabase(folder.File("spotter.db")), TimeProvider.System);

        Assert.Equal("Ann", Assert.Single(book.Labels()).Rater);
        Assert.Equal(32, book.Server.Length);
        Assert.Equal(book.Server, new CoachBook(new EmbeddedDatabase(folder.File("spotter.db")), TimeProvider.System).Server);
        Assert.True(book.Owns(null));
        Assert.False(book.Owns("another"));
    }

    protected override IJobStore Open(JobPolicy policy, TimeProvider time)
    {
        database = new EmbeddedDatabase(folder.File("spotter.db"));
        return store = new SqliteJobStore(database, policy, time);
    }

    protected override IJobStore OpenAgain(JobPolicy policy, TimeProvider time) =>
        another = new SqliteJobStore(new EmbeddedDatabase(folder.File("spotter.db")), policy, time);

    public void Dispose()
    {
        store?.Dispose();
        another?.Dispose();
        database?.Close();
        folder.Dispose();
    }
}
