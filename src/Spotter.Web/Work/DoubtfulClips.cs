using Spotter.Scoring;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>The results where the verdict was closest, and a rater's word helps most. A clip stays until two raters said something, so that their agreement can be told.</summary>
internal sealed class DoubtfulClips(IJobStore jobs, CoachBook book)
{
    /// <summary>Raters after which a clip needs no other.</summary>
    public const int RatersWanted = 2;

    /// <summary>How many of the newest results are looked through.</summary>
    public const int Looked = 200;

    // Where the verdict turns: half of the doubt lies on either side.
    private const double Threshold = 0.1;

    /// <summary>The most doubtful ones first; those with one rater before those with none, so that pairs come together.</summary>
    /// <param name="rater">Who is to label; what they labelled already is left out. Null for anybody.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<(Job Job, IReadOnlyList<string> Raters)>> FindAsync(string? rater, int count, CancellationToken cancellationToken)
    {
        var raters = book.Labels().ToLookup(label => label.Job, label => label.Rater, StringComparer.Ordinal);
        return
        [
            .. (from job in await jobs.ListAsync(new JobQuery { Kind = ClipRequest.Kind, State = JobState.Done, Limit = Looked }, cancellationToken)
               let said = raters[job.Id].Distinct(StringComparer.Ordinal).ToList()
               where said.Count < RatersWanted && (rater is null || !said.Contains(rater, StringComparer.Ordinal))
               let outcome = ClipOutcome.Of(job)
               where outcome is { PValue: > 0, Verdict: not Verdict.CannotJudge }
               orderby said.Count descending, Math.Abs(Math.Log(outcome.PValue!.Value / Threshold))
               select (job, (IReadOnlyList<string>)said)).Take(count),
        ];
    }
}
