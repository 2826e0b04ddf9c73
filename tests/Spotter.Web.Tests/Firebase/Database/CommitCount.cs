using System.Collections.Concurrent;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>Counts, in the database itself, how often a job was written as done.</summary>
internal static class CommitCount
{
    public static void Add(ConcurrentDictionary<string, int> commits, DataNode before, DataNode now)
    {
        var (old, runs) = (before["spotter"]["runs"], now["spotter"]["runs"]);
        foreach (var (id, run) in runs.Children)
        {
            if (!ReferenceEquals(run, old[id]) && run["state"].Leaf is "done")
            {
                commits.AddOrUpdate(id, 1, (_, count) => count + 1);
            }
        }
    }
}
