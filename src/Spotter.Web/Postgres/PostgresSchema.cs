using Npgsql;

namespace Spotter.Web.Postgres;

/// <summary>The tables, and how older forms of them become the newest. They lie where the connection's search path says.</summary>
internal static class PostgresSchema
{
    // Any number that no other program takes for its own.
    private const long Number = 0x53_70_6F_74_74_65_72;

    private static readonly string[] Upgrades =
    [
        """
        CREATE TABLE spotter_job (
          number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          id text NOT NULL UNIQUE,
          kind text NOT NULL,
          details text NOT NULL,
          client_key text UNIQUE,
          state smallint NOT NULL,
          attempts integer NOT NULL DEFAULT 0,
          created_at timestamptz NOT NULL,
          not_before timestamptz NOT NULL,
          finished_at timestamptz,
          lease_token text,
          lease_until timestamptz,
          worker text,
          progress text,
          outcome text,
          problem text
        );
        -- Holds only what may be claimed, so that a claim costs the same however many jobs are over.
        CREATE INDEX spotter_job_open ON spotter_job (number) WHERE state IN (0, 1);
        CREATE INDEX spotter_job_by_kind ON spotter_job (kind, number);
        CREATE INDEX spotter_job_by_state ON spotter_job (kind, state, number);
        CREATE TABLE spotter_setting (name text PRIMARY KEY, value text NOT NULL);
        """,
        """
        -- Leases that ran out are found without reading what waits.
        CREATE INDEX spotter_job_lease ON spotter_job (lease_until) WHERE state = 1;
        """,
    ];

    /// <summary>Brings the tables to the newest form. Any number of processes may do so at once.</summary>
    /// <exception cref="BackEndException">A newer version of Spotter made them.</exception>
    public static async Task UpgradeAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAsync(connection, cancellationToken);
        var exists = await ReadAsync(connection, "SELECT to_regclass('spotter_version') IS NOT NULL", cancellationToken) is true;
        if (!exists)
        {
            await ExecuteAsync(connection, "CREATE TABLE spotter_version (number integer NOT NULL); INSERT INTO spotter_version VALUES (0)", cancellationToken);
        }

        var version = (int)(await ReadAsync(connection, "SELECT number FROM spotter_version", cancellationToken))!;
        if (version > Upgrades.Length)
        {
            throw new BackEndException("A newer version of Spotter made the tables in this database. Use that version, or another database or schema.");
        }

        if (version < Upgrades.Length)
        {
            foreach (var upgrade in Upgrades[version..])
            {
                await ExecuteAsync(connection, upgrade, cancellationToken);
            }

            await ExecuteAsync(connection, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"UPDATE spotter_version SET number = {Upgrades.Length}"), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Until the end of the transaction, nobody else changes how things are laid out.</summary>
    public static Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({Number})", cancellationToken);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = PostgresSql.Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<object?> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = PostgresSql.Command(connection, sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
