using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>Takes over what trainings learnt, wherever they ran: numbers it, puts it on this server's shelf, and lets it judge.</summary>
internal sealed partial class PackIntake(
    IJobStore jobs, IClipStore clips, CoachBook book, PackShelf shelf, Scratch scratch, TimeProvider time, ILogger<PackIntake> log) : BackgroundService
{
    private const int Looked = 50;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim expected = new(1); // at the start, something may have ended meanwhile
    private readonly SemaphoreSlim taking = new(1);

    /// <summary>Says that a training was handed in.</summary>
    public void Expect() => expected.Release();

    /// <summary>Takes over the trainings that are done.</summary>
    /// <returns>Whether some are still to come.</returns>
    public async Task<bool> TakeAllAsync(CancellationToken cancellationToken)
    {
        var trainings = await jobs.ListAsync(new JobQuery { Kind = FitRequest.Kind, Limit = Looked }, cancellationToken);
        foreach (var training in trainings.Reverse())
        {
            await TakeAsync(training, cancellationToken);
        }

        return trainings.Any(training => !training.IsOver);
    }

    /// <summary>Takes over a training; nothing happens when it gave no version, was taken over before, or is of an exercise that this server does not know.</summary>
    public async Task TakeAsync(Job training, CancellationToken cancellationToken)
    {
        if (FitOutcome.Of(training) is not { Learnt: { } learnt, Attempt: { } attempt })
        {
            return;
        }

        await taking.WaitAsync(cancellationToken);
        try
        {
            var exercise = FitRequest.Of(training).Exercise;
            var versions = book.Versions(exercise);
            if (book.Find(exercise) is not { } known || versions.Any(version => version.Job == training.Id))
            {
                return;
            }

            using var folder = scratch.NewFolder();
            var version = learnt with { Number = versions.Select(version => version.Number).FirstOrDefault() + 1, Job = training.Id, Attempt = attempt };
            shelf.Keep(exercise, version.Number, await new TaughtPack(exercise, version.Number, training.Id, attempt).FetchAsync(clips, folder.Path, cancellationToken));
            book.AddVersion(exercise, version);
            // Whoever went back to an older version keeps it; a version that could never call anything wrong is not let loose.
            if (version.CanFlag && (known.Current == 0 || known.Current == version.Number - 1))
            {
                shelf.Use(exercise, version.Number);
                book.Use(exercise, version.Number);
            }
        }
        finally
        {
            taking.Release();
        }
    }

    public override void Dispose()
    {
        expected.Dispose();
        taking.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
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
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What a training learnt could not be taken over; it will be tried again.")]
    private partial void LogTrouble(Exception exception);
}
