using System.Net.Sockets;
using Npgsql;
using Spotter.Web.Clips;

namespace Spotter.Web.Postgres;

/// <summary>Jobs in PostgreSQL, clips wherever all machines reach them. Any number of servers and workers may share it.</summary>
public static class PostgresBackEnd
{
    /// <summary>Jobs in a database, clips in a folder that all machines have mounted.</summary>
    /// <param name="address">The database: <c>postgresql://user:password@host/database</c>, or <c>Host=…;Username=…;Database=…</c>.</param>
    /// <param name="folder">The folder, as this machine calls it.</param>
    public static OpenBackEnd WithFolder(string address, string folder) => (setting, cancellationToken) =>
        OpenAsync(address, setting, source => ClipFolder.OpenAsync(source, Path.GetFullPath(folder), cancellationToken), cancellationToken);

    /// <summary>Jobs in a database, clips in any store.</summary>
    /// <param name="address">The database, as above.</param>
    /// <param name="openClips">Opens the store; disposed with the back end.</param>
    public static OpenBackEnd With(string address, Func<BackEndSetting, IClipStore> openClips) => (setting, cancellationToken) =>
        OpenAsync(
            address,
            setting,
            async source =>
            {
                var clips = await ClipPlace.TryOutAsync(openClips(setting), setting.Folder, cancellationToken);
                await CheckMarkAsync(source, clips, setting, cancellationToken);
                return clips;
            },
            cancellationToken);

    private static async Task CheckMarkAsync(NpgsqlDataSource source, IClipStore clips, BackEndSetting setting, CancellationToken cancellationToken)
    {
        await StoreMark.CheckAsync(clips, setting.Folder, ReadAsync, AddAsync, cancellationToken);

        async Task<string?> ReadAsync()
        {
            await using var read = source.CreateCommand("SELECT value FROM spotter_setting WHERE name = 'clip-store'");
            return await read.ExecuteScalarAsync(cancellationToken) as string;
        }

        async Task<string> AddAsync(string id)
        {
            await using var add = source.CreateCommand("INSERT INTO spotter_setting (name, value) VALUES ('clip-store', $1) ON CONFLICT (name) DO NOTHING");
            add.Parameters.Add(new NpgsqlParameter { Value = id });
            await add.ExecuteNonQueryAsync(cancellationToken);
            return (await ReadAsync())!;
        }
    }

    private static async Task<BackEnd> OpenAsync(
        string address, BackEndSetting setting, Func<NpgsqlDataSource, Task<IClipStore>> openClips, CancellationToken cancellationToken)
    {
        var found = PostgresAddress.Parse(address);
        var source = NpgsqlDataSource.Create(found);
        try
        {
            await PostgresSchema.UpgradeAsync(source, cancellationToken);
            var clips = await openClips(source);
            var jobs = new PostgresJobStore(source, setting.Jobs, setting.Time);
            return new BackEnd(jobs, clips, jobs, clips, source) { IsShared = true };
        }
        catch (Exception e)
        {
            await source.DisposeAsync();
            if (e is NpgsqlException or SocketException or TimeoutException)
            {
                throw new BackEndException(
                    $"PostgreSQL at {found.Host} cannot be used: {e.Message} Check the address (--postgres or SPOTTER_POSTGRES), that the server runs, and that the user may make tables in the database.", e);
            }

            throw;
        }
    }
}
