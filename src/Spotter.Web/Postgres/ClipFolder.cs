using Npgsql;
using Spotter.Web.Clips;
using Spotter.Web.Embedded;
using Spotter.Web.Jobs;

namespace Spotter.Web.Postgres;

/// <summary>
/// The folder with the clips of a database. It bears a mark that the database knows: a machine on which it is not mounted, or another one is, would fail every
/// job it claims.
/// </summary>
internal static class ClipFolder
{
    private const string MarkFile = ".spotter-clips";
    private const string Setting = "clip-folder";
    private static readonly TimeSpan LongestCopy = TimeSpan.FromDays(1);

    /// <summary>Opens the folder; the first to do so marks it.</summary>
    /// <exception cref="BackEndException">It is not the one that belongs to the database, or cannot be written.</exception>
    public static async Task<IClipStore> OpenAsync(NpgsqlDataSource source, string folder, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PostgresSchema.LockAsync(connection, cancellationToken);
        await using var read = PostgresSql.Command(connection, $"SELECT value FROM spotter_setting WHERE name = '{Setting}'");
        var known = await read.ExecuteScalarAsync(cancellationToken) as string;
        var mark = ReadMark(folder, make: known is null);
        if (known is null)
        {
            await using var write = PostgresSql.Command(connection, $"INSERT INTO spotter_setting (name, value) VALUES ('{Setting}', @value)");
            write.Parameters.AddWithValue("value", mark!);
            await write.ExecuteNonQueryAsync(cancellationToken);
        }
        else if (mark != known)
        {
            throw new BackEndException(
                $"The folder {folder} is not the one with the clips of this database. Mount the folder that the other machines use, and name it with --clips or SPOTTER_CLIPS.");
        }

        await transaction.CommitAsync(cancellationToken);
        var clips = new FileClipStore(folder, isShared: true) { Mark = MarkFile };
        clips.RemoveUnfinished(LongestCopy);
        return clips;
    }

    private static string? ReadMark(string folder, bool make)
    {
        try
        {
            var file = Path.Combine(folder, MarkFile);
            if (make && !File.Exists(file))
            {
                Directory.CreateDirectory(folder);
                AtomicFile.WriteAllText(file, JobId.New());
            }

            return File.Exists(file) ? File.ReadAllText(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackEndException($"The folder {folder} for clips cannot be used: {e.Message}", e);
        }
    }
}
