using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>
/// Has trained what is to be trained, and takes over what trainings learnt, wherever they ran: numbers it, puts it on this server's shelf, and lets it judge. The book
/// says what judges; the shelf is brought to that again at each start, so that a crash between the two does no harm.
/// </summary>
internal sealed partial class PackIntake(
    IJobStore jobs, IClipStore clips, CoachBook book, PackShelf shelf, Trainings trainings, Housekeeping housekeeping, Scratch scratch, TimeProvider time, ILogger<PackIntake> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim expected = new(1); // at the start, something may have ended meanwhile
    private readonly SemaphoreSlim taking = new(1);

    /// <summary>Says that an example or a training was handed in, or one removed.</summary>
    public void Expect()
    {
        if (expected.CurrentCount == 0)
        {
            expected.Release();
        }
    }

    /// <summary>Hands in the trainings that are due and takes over those that are done.</summary>
    /// <returns>Whether some are still to come.</returns>
    public async Task<bool> TakeAllAsync(CancellationToken cancellationToken)
    {
        await taking.WaitAsync(cancellationToken);
        try
        {
            var isBusy = await trainings.HandInAsync(cancellationToken);
            var done = new List<Job>();
            await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = FitRequest.Kind, State = JobState.Done }, cancellationToken))
            {
                done.Add(job);
            }

            foreach (var training in Enumerable.Reverse(done))
            {
                await TakeOneAsync(training, cancellationToken);
            }

            return isBusy;
        }
        finally
        {
            taking.Release();
        }
    }

    /// <summary>Takes over a training; nothing happens when it gave no version, was taken over before, or is of another server or of an exercise that this one does not know.</summary>
    public async Task TakeAsync(Job training, CancellationToken cancellationToken)
    {
        await taking.WaitAsync(cancellationToken);
        try
        {
            await TakeOneAsync(training, cancellationToken);
        }
        finally
        {
            taking.Release();
        }
    }

    /// <summary>Lets a version judge.</summary>
    /// <param name="exercise">A taught exercise.</param>
    /// <param name="version">Number of one of its versions; 0 for the pack that comes with Spotter.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>False where there is no such version, or it is outdated.</returns>
    public async Task<bool> UseAsync(string exercise, int version, CancellationToken cancellationToken)
    {
        await taking.WaitAsync(cancellationToken);
        try
        {
            if (book.Find(exercise) is not { } known || shelf.IsOutdated(exercise, version)
                || (version == 0 ? !shelf.Shipped.Contains(exercise, StringComparer.Ordinal) : book.Versions(exercise).All(made => made.Number != version)))
            {
                return false;
            }

            book.Use(exercise, version);
            await SettleAsync(known with { Current = version }, cancellationToken);
            return true;
        }
        finally
        {
            taking.Release();
        }
    }

    /// <summary>Deletes a taught exercise with its examples, trainings and versions; the pack that comes with Spotter stays. The exercise goes last, so that whoever is cut off can ask again.</summary>
    /// <returns>False where there is none of that name.</returns>
    public async Task<bool> RemoveAsync(string exercise, CancellationToken cancellationToken)
    {
        await taking.WaitAsync(cancellationToken);
        try
        {
            if (book.Find(exercise) is null)
            {
                return false;
            }

            await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = ExampleRequest.Kind }, cancellationToken))
            {
                await RemoveAsync(job, ExampleRequest.Of(job) is var request && request.Exercise == exercise && book.Owns(request.Server), cancellationToken);
            }

            await foreach (var job in jobs.ListAllAsync(new JobQuery { Kind = FitRequest.Kind }, cancellationToken))
            {
                await RemoveAsync(job, FitRequest.Of(job) is var request && request.Exercise == exercise && book.Owns(request.Server), cancellationToken);
            }

            book.Remove(exercise);
            shelf.Remove(exercise);
            return true;
        }
        finally
        {
            taking.Release();
        }
    }

    /// <summary>Brings the shelf to what the book says.</summary>
    public async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        await taking.WaitAsync(cancellationToken);
        try
        {
            var exercises = book.Exercises();
            foreach (var exercise in exercises)
            {
                await SettleAsync(exercise, cancellationToken);
            }

            foreach (var left in shelf.Taught.Except(exercises.Select(exercise => exercise.Name), StringComparer.Ordinal).ToList())
            {
                shelf.Remove(left);
            }
        }
        finally
        {
            taking.Release();
        }
    }

    private Task RemoveAsync(Job job, bool isOfExercise, CancellationToken cancellationToken) =>
        isOfExercise ? housekeeping.DeleteAsync(job.Id, cancellationToken) : Task.CompletedTask;

    private async Task TakeOneAsync(Job training, CancellationToken cancellationToken)
    {
        if (FitOutcome.Of(training) is not { Learnt: { } learnt, Attempt: { } attempt })
        {
            return;
        }

        var request = FitRequest.Of(training);
        var exercise = request.Exercise;
        var versions = book.Versions(exercise);
        if (!book.Owns(request.Server) || book.Find(exercise) is not { } known || versions.Any(version => version.Job == training.Id))
        {
            return;
        }

        var version = learnt with { Number = versions.Select(version => version.Number).FirstOrDefault() + 1, Job = training.Id, Attempt = attempt };
        // A version that is on the shelf but not in the book is kept again under the same number.
        await KeepAsync(exercise, version, cancellationToken);
        var isOutdated = shelf.IsOutdated(exercise, version.Number);
        version = version with { IsLearntAgain = !isOutdated && versions.Count > 0 && shelf.IsOutdated(exercise, versions[0].Number) };
        // Who went back to a version that cannot judge any more is not left without one.
        book.AddVersion(exercise, version, version.CanFlag && !isOutdated && (known.Follows || shelf.IsOutdated(exercise)));
        await SettleAsync(book.Find(exercise)!, cancellationToken);
    }

    private async Task SettleAsync(CoachedExercise exercise, CancellationToken cancellationToken)
    {
        try
        {
            if (exercise.Current > 0 && !shelf.Keeps(exercise.Name, exercise.Current)
                && book.Versions(exercise.Name).FirstOrDefault(version => version.Number == exercise.Current) is { } version)
            {
                await KeepAsync(exercise.Name, version, cancellationToken);
            }

            shelf.Use(exercise.Name, exercise.Current);
        }
        catch (FileNotFoundException e)
        {
            LogGone(e, exercise.Current, exercise.Name); // what judged before goes on
        }
    }

    private async Task KeepAsync(string exercise, PackVersion version, CancellationToken cancellationToken)
    {
        using var folder = scratch.NewFolder();
        shelf.Keep(
            exercise, version.Number,
            await new TaughtPack(exercise, version.Number, version.Job!, version.Attempt!).FetchAsync(clips, folder.Path, cancellationToken));
    }

    public override void Dispose()
    {
        expected.Dispose();
        taking.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var isSettled = false; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                if (!isSettled)
                {
                    await ReconcileAsync(stoppingToken);
                    isSettled = true;
                }

                await expected.WaitAsync(Rest, stoppingToken);
                while (await TakeAllAsync(stoppingToken))
                {
                    await Task.Delay(Look, time, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogTrouble(e);
                await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Expect();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Version {Version} of {Exercise} is neither on this machine nor in the clip store.")]
    private partial void LogGone(Exception exception, int version, string exercise);

    [LoggerMessage(LogLevel.Warning, "What a training learnt could not be taken over; it will be tried again.")]
    private partial void LogTrouble(Exception exception);
}
