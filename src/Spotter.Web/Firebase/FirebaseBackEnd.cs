using Spotter.Web.Clips;
using Spotter.Web.Firebase.Database;

namespace Spotter.Web.Firebase;

/// <summary>Jobs in a Firebase Realtime Database, clips wherever all machines reach them. Any number of servers and workers may share it.</summary>
public static class FirebaseBackEnd
{
    /// <summary>Jobs in the project's database, clips in any store.</summary>
    /// <param name="options">The project.</param>
    /// <param name="openClips">Opens the store for clips; disposed with the back end.</param>
    public static OpenBackEnd With(FirebaseOptions options, Func<BackEndSetting, IClipStore> openClips) => async (setting, cancellationToken) =>
    {
        var database = new RealtimeDatabase(options, time: setting.Time);
        var jobs = new FirebaseJobStore(database, DatabasePath.Parse(options.Root), setting.Jobs, setting.Time);
        try
        {
            await jobs.CheckAsync(cancellationToken);
            var clips = await ClipPlace.TryOutAsync(openClips(setting), setting.Folder, cancellationToken);
            await CheckMarkAsync(database, DatabasePath.Parse(options.Root).Child("clip-store"), clips, setting, cancellationToken);
            return new BackEnd(jobs, clips, jobs, clips, database) { IsShared = true };
        }
        catch (Exception e)
        {
            await jobs.DisposeAsync();
            database.Dispose();
            if (e is FirebaseException)
            {
                throw new BackEndException($"Firebase cannot be used as back end. {e.Message}", e);
            }

            throw;
        }
    };

    private static Task CheckMarkAsync(RealtimeDatabase database, DatabasePath path, IClipStore clips, BackEndSetting setting, CancellationToken cancellationToken) => StoreMark.CheckAsync(
        clips,
        setting.Folder,
        async () => (await database.GetAsync(path, cancellationToken: cancellationToken))?.ToString(),
        async id => (await database.TryPutAsync(path, id, RealtimeDatabase.NoValueTag, cancellationToken)).Now.Value!.ToString(),
        cancellationToken);
}
