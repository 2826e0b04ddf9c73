using Spotter.Poses;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>Follows the body in a good example and stores what was found; learning itself is <see cref="FitWork"/>.</summary>
internal sealed class LearnWork(IClipStore clips, Scratch scratch, TimeProvider time) : IJobWork
{
    public string Kind => ExampleRequest.Kind;

    public async Task<string> RunAsync(Job job, string attempt, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        using var folder = scratch.NewFolder();
        var clip = await clips.FetchAsync(ClipName.Original(job.Id), folder.Path, cancellationToken);
        var track = await ClipSource.FollowAsync(clip, PoseModel.Full, 0, new CheckedShare(progress, time), cancellationToken);
        FollowedTrack.Write(folder.Path, track);
        await Stills.TakePosterAsync(clip, track.Skeleton.FrameCount / Math.Max(1, track.Skeleton.FramesPerSecond) / 2, folder, cancellationToken);
        foreach (var file in Directory.EnumerateFiles(folder.Path).Where(path => path != clip))
        {
            await clips.SaveAsync(new ClipName(job.Id, attempt, Path.GetFileName(file)), file, cancellationToken);
        }

        var followed = await FollowedTrack.ReadAsync(clips, job.Id, attempt, cancellationToken);
        var definition = FitWork.Define(ExampleRequest.Of(job).Exercise, followed is null ? [] : [followed]);
        var repetitions = definition is null || followed is null ? 0 : DefinitionFinder.Cut(definition, [followed]).Count();
        return new ExampleOutcome(attempt, repetitions, followed?.View?.View.ToString().ToLowerInvariant()).ToJson();
    }
}
