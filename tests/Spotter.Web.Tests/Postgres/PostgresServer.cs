using Npgsql;
using Spotter.Tests;

namespace Spotter.Web.Tests.Postgres;

/// <summary>One PostgreSQL for all tests that need it; each gets a schema of its own. They are skipped where it is not installed.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private TemporaryPostgres? server;

    public async ValueTask InitializeAsync() => server = await TemporaryPostgres.StartAsync();

    /// <summary>Address of an empty schema.</summary>
    public async Task<string> NewSchemaAsync()
    {
        Assert.SkipWhen(server is null, "needs PostgreSQL: sudo apt-get install postgresql");
        var name = "test_" + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(server!.Address);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE SCHEMA {name}", connection);
        await command.ExecuteNonQueryAsync();
        return $"{server.Address};Search Path={name};Maximum Pool Size=20";
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>The tests that share the server.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
