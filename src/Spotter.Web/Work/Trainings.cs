using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>Hands in a training whenever the followed examples of a taught exercise are others than those of its last training: after each new one, and after one was removed.</summary>
internal sealed class Trainings(IJobStore jobs, CoachBook book)
{
    /// <summary>Hands in what is due.</summary>
    /// <returns>Whether examples or trainings are still being worked on.</returns>
    public async Task<bool> HandInAsync(CancellationToken cancellationToken)
    {
        var (examples, last, isBusy) = (new List<Job>(), new Dictionary<string, Job>(StringComparer.Ordinal), false);
        await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = ExampleRequest.Kind }, cancellationToken))
        {
            examples.Add(job);
            isBusy |= !job.IsOver;
        }

        await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = FitRequest.Kind }, cancellationToken))
        {
            last.TryAdd(FitRequest.Of(job).Exercise, job);
            isBusy |= !job.IsOver;
        }

        foreach (var exercise in book.Exercises())
        {
            var followed = Followed(examples, exercise.Name);
            var before = last.GetValueOrDefault(exercise.Name);
            if (followed.Length > 0 && (before is null || !FitRequest.Of(before).Examples.ToHashSet(StringComparer.Ordinal).SetEquals(followed.Select(job => job.Id))))
            {
                await EnqueueAsync(exercise.Name, followed, Key(exercise.Name, before?.Id, followed), cancellationToken);
                isBusy = true;
            }
        }

        return isBusy;
    }

    /// <summary>Hands in a training on all examples and labels there are, whatever the last one rested on.</summary>
    /// <returns>The training.</returns>
    public async Task<Job> HandInAsync(string exercise, CancellationToken cancellationToken)
    {
        var examples = new List<Job>();
        await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = ExampleRequest.Kind }, cancellationToken))
        {
            examples.Add(job);
        }

        return await EnqueueAsync(exercise, Followed(examples, exercise), null, cancellationToken);
    }

    // Of two that see the same state, the second hands in what the first did.
    private static string Key(string exercise, string? before, Job[] followed) => "fit:" + exercise + ":" + Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(before + "\n" + string.Join('\n', followed.Select(job => job.Id)))).AsSpan(0, 16));

    private static Job[] Followed(List<Job> examples, string exercise) =>
        [.. Enumerable.Reverse(examples).Where(job => job.State == JobState.Done && ExampleRequest.Of(job).Exercise == exercise)];

    private Task<Job> EnqueueAsync(string exercise, Job[] examples, string? key, CancellationToken cancellationToken) => jobs.EnqueueAsync(
        new NewJob
        {
            Id = JobId.New(),
            Kind = FitRequest.Kind,
            Details = new FitRequest(exercise, examples.Length > 0 ? ExampleRequest.Of(examples[^1]).Language : CultureInfo.CurrentUICulture.Name)
            {
                Examples = [.. examples.Select(job => job.Id)],
                Correct = book.Unanimous(SetLabel.Correct),
                Incorrect = book.Unanimous(SetLabel.Incorrect),
            }.ToJson(),
            ClientKey = key,
        },
        cancellationToken);
}
