using System.Diagnostics;
using Spotter.Annotation;
using Spotter.Explanation;
using Spotter.Measures;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Scoring;
using Spotter.StGcn;
using Spotter.Words;

namespace Spotter;

/// <summary>Clip in, report and annotated clip out: the whole pipeline. One instance serves any number of clips, also at the same time.</summary>
/// <param name="catalogue">The exercise packs to judge with.</param>
public sealed class FormChecker(PackCatalogue catalogue) : IDisposable
{
    private readonly Lazy<StGcnEncoder> encoder = new(() => StGcnEncoder.Load(catalogue.BackbonePath));

    /// <summary>Judges a clip.</summary>
    /// <param name="clip">A video, a <c>.npy</c> or <c>.json</c> file of keypoints, or a folder of OpenPose JSON files.</param>
    /// <param name="options">Exercise, method, pose model and where the annotated clip goes.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops; nothing half-written is left.</param>
    /// <exception cref="Video.VideoFormatException">The clip cannot be read.</exception>
    /// <exception cref="PackFormatException">There is no such pack, or it cannot be used.</exception>
    /// <exception cref="AnnotationException">The clip was judged, but the annotated clip could not be written; the exception holds the report.</exception>
    public async Task<Report> CheckAsync(
        string clip, CheckOptions options, IProgress<CheckProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var speech = Texts.Speak(options.Language);
        var clock = Stopwatch.StartNew();
        var track = await ClipSource.FollowAsync(clip, options.Pose, options.KeypointsPerSecond, progress, cancellationToken);
        var followed = clock.Elapsed.TotalSeconds;
        options.Followed?.Invoke(track);
        var report = Judge(track, options, cancellationToken);
        var judged = clock.Elapsed.TotalSeconds;
        if (options.AnnotatedClip is { } target)
        {
            await AnnotateAsync(clip, target, report, track, progress, cancellationToken);
            report = report with { AnnotatedVideo = Path.GetFileName(target) };
        }

        var total = clock.Elapsed.TotalSeconds;
        return report with { Timing = new Timing(track.DecodeSeconds, track.PoseSeconds, judged - followed, total - judged, total) };
    }

    /// <summary>Judges a body that was followed already.</summary>
    /// <param name="track">The clip.</param>
    /// <param name="options">Exercise and method.</param>
    /// <param name="cancellationToken">Stops before the next repetition, or the next step of its explanation.</param>
    /// <exception cref="PackFormatException">There is no such pack, or it cannot be used.</exception>
    public Report Judge(PoseTrack track, CheckOptions options, CancellationToken cancellationToken = default)
    {
        using var speech = Texts.Speak(options.Language);
        var report = ReportParts.Unjudged(track);
        var reading = SetReading.Read(track, (sequence, from) => PackChoice.Choose(catalogue, options.Exercise, sequence, from), found => found.Set);
        var unsuitable = reading is null ? Suitability.OfUnfollowed(track) : Suitability.OfClip(track, reading.Span);
        if (reading is null || !Suitability.ShowsMovement(unsuitable))
        {
            return report with { Reasons = unsuitable };
        }

        var (skeleton, view, choice, _) = reading;
        report = report with { Exercise = choice.IsUnknown ? null : choice.Pack.Definition.Name, View = view.View };
        IReadOnlyList<Reason> reasons = [.. Suitability.OfSet(track.Skeleton, view, choice).Where(reason => unsuitable.Count == 0 || reason.Code == ReasonCodes.NotThisExercise), .. unsuitable];
        if (reasons.Count > 0)
        {
            return report with { Reasons = reasons };
        }

        var judge = new RepetitionJudge(choice.Pack, view, encoder.Value, options.Method) { IsSlowMotion = track.Slowness > 1 };
        List<MeasureVector> measured = [];
        List<RepetitionReport> repetitions = [];
        foreach (var repetition in choice.Set.Repetitions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Suitability.OfRepetition(track.Skeleton, view, choice.Pack.Definition, repetition) is { Count: > 0 } unseen)
            {
                repetitions.Add(ReportParts.Unjudged(skeleton, repetition, repetitions.Count + 1, unseen));
                continue;
            }

            var judged = judge.Judge(skeleton, repetition);
            measured.Add(judged.Measures);
            repetitions.Add(Findings.Report(judge, judged, choice.Pack.Definition, repetitions.Count + 1, cancellationToken));
        }

        return report.Judged(choice.Pack, judge, repetitions, measured, choice.LeftOut, choice.Small);
    }

    private static async Task AnnotateAsync(
        string clip, string target, Report report, PoseTrack track, IProgress<CheckProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            // Not before the clip was read: one that cannot be read leaves nothing behind.
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            await ClipAnnotator.AnnotateAsync(clip, target, report, track.Skeleton, progress: progress, cancellationToken: cancellationToken);
        }
        catch (Exception e) when (e is IOException or Video.VideoFormatException)
        {
            throw new AnnotationException(report, e);
        }
    }

    /// <summary>Frees the feature network.</summary>
    public void Dispose()
    {
        if (encoder.IsValueCreated)
        {
            encoder.Value.Dispose();
        }
    }
}
