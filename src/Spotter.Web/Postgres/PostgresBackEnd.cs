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
        OpenAsync(address, setting, _ => ClipPlace.TryOutAsync(openClips(setting), setting.Folder, cancellationToken), cancellationToken);

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
