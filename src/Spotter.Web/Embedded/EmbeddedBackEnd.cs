namespace Spotter.Web.Embedded;

/// <summary>Jobs in SQLite and clips in a folder, for one process on one machine.</summary>
public static class EmbeddedBackEnd
{
    /// <summary>Opens it in the folder of the process, which holds that folder alone: whoever had leases before is dead.</summary>
    public static Task<BackEnd> OpenAsync(BackEndSetting setting, CancellationToken cancellationToken = default)
    {
        var jobs = new SqliteJobStore(new EmbeddedDatabase(DatabaseIn(setting.Folder)), setting.Jobs, setting.Time);
        jobs.ExpireLeases();
        var clips = new FileClipStore(Path.Combine(setting.Folder, "clips"));
        clips.RemoveUnfinished(TimeSpan.Zero);
        return Task.FromResult(new BackEnd(jobs, clips, jobs));
    }

    /// <summary>The database file in a folder.</summary>
    internal static string DatabaseIn(string folder) => Path.Combine(folder, "spotter.db");
}
