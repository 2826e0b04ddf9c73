using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.StGcn;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Words;
using Spotter.Words;

namespace Spotter.Web.Work;

/// <summary>Learns an exercise from its good examples, and from judged clips that everybody who labelled them calls correct. Stores the pack; <see cref="PackIntake"/> makes it a version.</summary>
internal sealed class FitWork(IJobStore jobs, IClipStore clips, PackCatalogue packs, Scratch scratch, TimeProvider time) : IJobWork
{
    private const double FalseAlarmRate = 0.1;

    public string Kind => FitRequest.Kind;

    /// <summary>The definition of an exercise: the one that comes with Spotter, or one made from examples; null where nothing in them repeats.</summary>
    public static ExerciseDefinition? Define(string exercise, IReadOnlyList<FollowedTrack> tracks) => ExerciseDefinition.Names.Contains(exercise)
        ? ExerciseDefinition.Load(exercise)
        : DefinitionFinder.Find(exercise, tracks, PageTexts.Get("coach.too-small"));

    public async Task<string> RunAsync(Job job, string attempt, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var request = FitRequest.Of(job);
        if (request.Backbone is { } asked && asked != packs.BackboneSha256)
        {
            throw new UnfitMachineException($"The training is for another feature network than {packs.BackbonePath}: run the same version of Spotter on all machines.");
        }

        using var speech = Texts.Speak(System.Globalization.CultureInfo.GetCultureInfo(request.Language));
        var examples = await ExamplesAsync(request, cancellationToken);
        examples.AddRange(await LabelledAsync(request.Exercise, request.Correct, cancellationToken));
        var definition = Define(request.Exercise, [.. examples.Select(example => example.Track)]);
        var correct = definition is null ? [] : examples.SelectMany(example => DefinitionFinder.Cut(definition, [example.Track])
            .Select(cut => new CorrectRepetition(cut.Track.Skeleton, cut.Repetition, cut.Track.View!.Value, "examples", example.Job))).ToList();
        if (definition is null)
        {
            return new FitOutcome(null, null, 0, PageTexts.Get("coach.nothing-repeats")).ToJson();
        }

        if (correct.GroupBy(repetition => repetition.View.View).All(view => view.Count() < PackFitting.MinimumRepetitions))
        {
            return new FitOutcome(null, null, correct.Count, PageTexts.Format("coach.too-few", correct.Count, PackFitting.MinimumRepetitions)).ToJson();
        }

        using var encoder = StGcnEncoder.Load(packs.BackbonePath);
        var pack = PackFitting.Fit(
            definition, correct, encoder, PackFitting.Identify(packs.BackbonePath, encoder), TaughtPack.Name(0), "web coach", FalseAlarmRate, cancellationToken: cancellationToken);
        var wrong = await LabelledAsync(request.Exercise, request.Incorrect, cancellationToken);
        var learnt = Describe(pack, examples.Count, Evaluate(pack, encoder, wrong));
        using var folder = scratch.NewFolder();
        pack.Write(folder.File(TaughtPack.File));
        await clips.SaveAsync(new ClipName(job.Id, attempt, TaughtPack.File), folder.File(TaughtPack.File), cancellationToken);
        return new FitOutcome(attempt, learnt, correct.Count, null).ToJson();
    }

    private async Task<List<(string Job, FollowedTrack Track)>> ExamplesAsync(FitRequest request, CancellationToken cancellationToken)
    {
        var found = new List<(string Job, FollowedTrack Track)>();
        foreach (var id in request.Examples)
        {
            // One may have been removed since.
            if (await jobs.FindAsync(id, cancellationToken) is { Kind: ExampleRequest.Kind } job && ExampleOutcome.Of(job) is { } outcome
                && await FollowedTrack.ReadAsync(clips, id, outcome.Attempt, cancellationToken) is { } track)
            {
                found.Add((id, track));
            }
        }

        return found;
    }

    private async Task<List<(string Job, FollowedTrack Track)>> LabelledAsync(string exercise, IReadOnlyList<string> labelled, CancellationToken cancellationToken)
    {
        var found = new List<(string Job, FollowedTrack Track)>();
        foreach (var id in labelled)
        {
            if (await jobs.FindAsync(id, cancellationToken) is { Kind: ClipRequest.Kind } job && ClipOutcome.Of(job) is { } outcome && outcome.Exercise == exercise
                && await FollowedTrack.ReadAsync(clips, id, outcome.Attempt, cancellationToken) is { } track)
            {
                found.Add((id, track));
            }
        }

        return found;
    }

    private static VersionEvaluation? Evaluate(ExercisePack pack, StGcnEncoder encoder, List<(string Job, FollowedTrack Track)> wrong)
    {
        bool[] judged = [.. wrong.Select(clip => LabelledClips.Flags(pack, encoder, clip.Track)).OfType<bool>()];
        var heldOut = Best(pack).Fusion.Calibration.ObservedFalseAlarms(FalseAlarmRate);
        return judged.Length == 0 && heldOut.Count == 0 ? null : new VersionEvaluation(judged.Length, judged.Count(flagged => flagged), heldOut.Sum(session => session.Judged), heldOut.Sum(session => session.Flagged));
    }

    private PackVersion Describe(ExercisePack pack, int examples, VersionEvaluation? evaluation)
    {
        var model = Best(pack);
        var calibration = model.Fusion.Calibration;
        var canFlag = calibration.Supports(FalseAlarmRate);
        var (low, high) = canFlag ? calibration.FalseAlarmInterval(FalseAlarmRate) : (0, 1);
        return new PackVersion(
            0, time.GetUtcNow(), examples, calibration.Count, calibration.SessionCount, model.View.ToString().ToLowerInvariant(), low, high, canFlag, evaluation);
    }

    private static ViewModel Best(ExercisePack pack) => pack.Views.Select(view => new ViewModel(view)).MaxBy(view => view.Fusion.Calibration.Count)!;
}
