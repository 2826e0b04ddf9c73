using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Spotter.Web.Jobs;

namespace Spotter.Web.Postgres;

/// <summary>Statements with their parameters, and rows as jobs.</summary>
internal static class PostgresSql
{
    /// <summary>The columns that <see cref="ReadJob"/> reads.</summary>
    public const string Columns = "id, kind, details, state, attempts, created_at, not_before, finished_at, progress, outcome, problem";

    /// <summary>A statement on a connection.</summary>
    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // only constants of this folder come here
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    /// <summary>A statement on any connection.</summary>
    public static NpgsqlCommand Command(NpgsqlDataSource source, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = source.CreateCommand(sql);
        foreach (var (name, value) in parameters)
        {
            // Typed by hand, as a null tells nothing.
            command.Parameters.Add(new NpgsqlParameter(name, TypeOf(name)) { Value = value ?? DBNull.Value });
        }

        return command;
    }

    /// <summary>A row as a job.</summary>
    public static Job ReadJob(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Kind = reader.GetString(1),
        Details = reader.GetString(2),
        State = (JobState)reader.GetInt16(3),
        Attempts = reader.GetInt32(4),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(5),
        NotBefore = reader.GetFieldValue<DateTimeOffset>(6),
        FinishedAt = reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7),
        Progress = reader.IsDBNull(8) ? null : JsonSerializer.Deserialize<JobProgress>(reader.GetString(8)),
        Outcome = reader.IsDBNull(9) ? null : reader.GetString(9),
        Problem = reader.IsDBNull(10) ? null : JsonSerializer.Deserialize<JobProblem>(reader.GetString(10)),
    };

    private static NpgsqlDbType TypeOf(string name) => name switch
    {
        "now" => NpgsqlDbType.TimestampTz,
        "lease_time" or "pause" => NpgsqlDbType.Interval,
        "state" => NpgsqlDbType.Smallint,
        "most" or "limit" => NpgsqlDbType.Integer,
        _ => NpgsqlDbType.Text,
    };
}
