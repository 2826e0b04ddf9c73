using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>
/// Hands in a training whenever the followed examples of a taught exercise are others than those of its last training (after each new one, and after one was removed), and when a
/// labelled clip that it learnt from is gone or not called correct any more. After an upgrade of Spotter to another feature network it hands in one more, whatever comes of it.
/// </summary>
internal sealed class Trainings(IJobStore jobs, CoachBook book, PackShelf shelf)
{
    /// <summary>Hands in what is due.</summary>
    /// <returns>Whether examples or trainings are still being worked on.</returns>
    public async Task<bool> HandInAsync(CancellationToken cancellationToken)
    {
        var (examples, last, isBusy) = (new List<Job>(), new Dictionary<string, Job>(StringComparer.Ordinal), false);
        await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = ExampleRequest.Kind }, cancellationToken))
        {
            if (book.Owns(ExampleRequest.Of(job).Server))
            {
                examples.Add(job);
                isBusy |= !job.IsOver;
            }
        }

        await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = FitRequest.Kind }, cancellationToken))
        {
            var request = FitRequest.Of(job);
            if (book.Owns(request.Server))
            {
                last.TryAdd(request.Exercise, job);
                isBusy |= !job.IsOver;
            }
        }

        var correct = book.Unanimous(SetLabel.Correct).ToHashSet(StringComparer.Ordinal);

        foreach (var exercise in book.Exercises())
        {
            var followed = Followed(examples, exercise.Name);
            var before = last.GetValueOrDefault(exercise.Name);
            if (followed.Length > 0 && (before is null || FitRequest.Of(before) is var request && (IsOutdated(request, followed, correct) || IsOfOtherNetwork(request))))
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
            if (book.Owns(ExampleRequest.Of(job).Server))
            {
                examples.Add(job);
            }
        }

        return await EnqueueAsync(exercise, Followed(examples, exercise), null, cancellationToken);
    }

    // New labels wait for the next training: they only add.
    private static bool IsOutdated(FitRequest last, Job[] followed, HashSet<string> correct) =>
        !last.Examples.ToHashSet(StringComparer.Ordinal).SetEquals(followed.Select(job => job.Id)) || !correct.IsSupersetOf(last.Correct);

    // Where it named none, the version that judges tells.
    private bool IsOfOtherNetwork(FitRequest last) => last.Backbone is { } asked ? asked != shelf.Catalogue.BackboneSha256 : shelf.IsOutdated(last.Exercise);

    // Of two that see the same state, the second hands in what the first did.
    private string Key(string exercise, string? before, Job[] followed) => "fit:" + exercise + ":" + Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(book.Server + "\n" + before + "\n" + string.Join('\n', followed.Select(job => job.Id)))).AsSpan(0, 16));

    private static Job[] Followed(List<Job> examples, string exercise) =>
        [.. Enumerable.Reverse(examples).Where(job => job.State == JobState.Done && ExampleRequest.Of(job).Exercise == exercise)];

    private async Task<Job> EnqueueAsync(string exercise, Job[] examples, string? key, CancellationToken cancellationToken) => await jobs.EnqueueAsync(
        new NewJob
        {
            Id = JobId.New(),
            Kind = FitRequest.Kind,
            Details = new FitRequest(exercise, examples.Length > 0 ? ExampleRequest.Of(examples[^1]).Language : CultureInfo.CurrentUICulture.Name)
            {
                Examples = [.. examples.Select(job => job.Id)],
                Server = book.Server,
                Backbone = shelf.Catalogue.BackboneSha256,
                Correct = await LabelledAsync(exercise, SetLabel.Correct, cancellationToken),
                Incorrect = await LabelledAsync(exercise, SetLabel.Incorrect, cancellationToken),
            }.ToJson(),
            ClientKey = key,
        },
        cancellationToken);

    // Of this exercise only, so that no label of another one has it trained anew.
    private async Task<List<string>> LabelledAsync(string exercise, SetLabel label, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var id in book.Unanimous(label))
        {
            if (await jobs.FindAsync(id, cancellationToken) is { Kind: ClipRequest.Kind } job && ClipOutcome.Of(job)?.Exercise == exercise)
            {
                found.Add(id);
            }
        }

        return found;
    }
}
