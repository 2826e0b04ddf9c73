using Microsoft.Data.Sqlite;

namespace Spotter.Web.Embedded;

/// <summary>The SQLite file with everything that is no clip. Write-ahead log, so that readers never wait; each commit reaches the disk.</summary>
public sealed class EmbeddedDatabase
{
    private static readonly string[] Upgrades =
    [
        """
        CREATE TABLE job (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          id TEXT NOT NULL UNIQUE,
          kind TEXT NOT NULL,
          details TEXT NOT NULL,
          client_key TEXT UNIQUE,
          state INTEGER NOT NULL,
          attempts INTEGER NOT NULL DEFAULT 0,
          created_at INTEGER NOT NULL,
          not_before INTEGER NOT NULL,
          finished_at INTEGER,
          lease_token TEXT,
          lease_until INTEGER,
          worker TEXT,
          progress TEXT,
          outcome TEXT,
          problem TEXT
        );
        CREATE INDEX job_by_state ON job (state, not_before);
        CREATE INDEX job_by_kind ON job (kind, number);
        """,
        """
        CREATE TABLE exercise (name TEXT PRIMARY KEY, title TEXT NOT NULL, created_at INTEGER NOT NULL, current INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE pack_version (exercise TEXT NOT NULL, number INTEGER NOT NULL, summary TEXT NOT NULL, PRIMARY KEY (exercise, number));
        CREATE TABLE label (job TEXT NOT NULL, rater TEXT NOT NULL, value INTEGER NOT NULL, note TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (job, rater));
        """,
        """
        ALTER TABLE exercise ADD COLUMN follows INTEGER NOT NULL DEFAULT 1;
        UPDATE exercise SET follows = current = 0 OR current = (SELECT max(number) FROM pack_version WHERE exercise = exercise.name);
        CREATE TABLE person (job TEXT PRIMARY KEY, name TEXT NOT NULL);
        """,
        """
        CREATE TABLE server (id TEXT NOT NULL);
        INSERT INTO server (id) VALUES (lower(hex(randomblob(16))));
        """,
    ];

    private readonly string connectionString;

    /// <summary>Opens the file, or makes it, and brings it to the newest form.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">A newer version of Spotter made it.</exception>
    public EmbeddedDatabase(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Upgrade(connection, path);
    }

    /// <summary>A connection from the pool.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Execute(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    /// <summary>Closes pooled connections, so that the file can be moved or deleted.</summary>
    public void Close()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>A statement with its parameters.</summary>
    internal static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // only constants of this folder come here
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private static void Upgrade(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var read = connection.CreateCommand();
        read.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(read.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        if (version > Upgrades.Length)
        {
            throw new InvalidOperationException($"{path} was made by a newer version of Spotter. Use that version, or another data folder.");
        }

        foreach (var upgrade in Upgrades[version..])
        {
            Execute(connection, upgrade);
        }

        Execute(connection, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA user_version = {Upgrades.Length}"));
        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql, []);
        command.ExecuteNonQuery();
    }
}
