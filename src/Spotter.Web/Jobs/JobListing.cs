using System.Runtime.CompilerServices;

namespace Spotter.Web.Jobs;

/// <summary>Listing jobs beyond one page.</summary>
internal static class JobListing
{
    private const int Page = 200;

    /// <summary>All jobs of a kind, newest first, read page by page. What is listed may be deleted meanwhile, each job after it was given.</summary>
    public static async IAsyncEnumerable<Job> ListAllAsync(this IJobStore jobs, JobQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var page = await jobs.ListAsync(query with { Limit = Page }, cancellationToken);
        while (page.Count > 0)
        {
            // The next page begins after the last job of this one, so it is read while that job is still there.
            var next = page.Count < Page ? [] : await jobs.ListAsync(query with { After = page[^1].Id, Limit = Page }, cancellationToken);
            foreach (var job in page)
            {
                yield return job;
            }

            page = next;
        }
    }
}
