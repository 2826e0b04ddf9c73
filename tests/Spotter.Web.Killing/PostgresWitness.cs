using System.Globalization;
using Npgsql;

namespace Spotter.Web.Killing;

/// <summary>Lets the database itself write down whenever a job comes to be done, whoever says so.</summary>
internal static class PostgresWitness
{
    public static async Task WatchAsync(string address)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(
            """
            CREATE TABLE witness (job text NOT NULL);
            CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO witness VALUES (NEW.id); RETURN NULL; END $$;
            CREATE TRIGGER witness AFTER UPDATE ON spotter_job FOR EACH ROW WHEN (NEW.state = 2) EXECUTE FUNCTION witness();
            """);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<IReadOnlyDictionary<string, int>> CountAsync(string address)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand("SELECT job, count(*) FROM witness GROUP BY job");
        await using var reader = await command.ExecuteReaderAsync();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            counts[reader.GetString(0)] = Convert.ToInt32(reader.GetInt64(1), CultureInfo.InvariantCulture);
        }

        return counts;
    }
}
