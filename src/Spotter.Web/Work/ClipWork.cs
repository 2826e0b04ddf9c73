using System.Globalization;
using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Video;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Words;

namespace Spotter.Web.Work;

/// <summary>Judges a clip and stores the report, the annotated clip, the keypoints and the pictures of its moments.</summary>
internal sealed class ClipWork(JudgingPacks packs, IClipStore clips, Scratch scratch, WorkSetting setting, TimeProvider time) : IJobWork
{
    public string Kind => ClipRequest.Kind;

    public async Task<string> RunAsync(Job job, string attempt, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var (request, start) = (ClipRequest.Of(job), time.GetTimestamp());
        var judging = await packs.ForAsync(request, cancellationToken);
        using var folder = scratch.NewFolder();
        using var handedIn = scratch.NewFolder(); // beside the results, which are all that lies in their folder
        var clip = await clips.FetchAsync(ClipName.Original(job.Id), handedIn.Path, cancellationToken);
        await CheckLimitsAsync(clip, cancellationToken);
        PoseTrack? track = null;
        var options = new CheckOptions
        {
            Exercise = request.Exercise,
            Language = CultureInfo.GetCultureInfo(request.Language),
            AnnotatedClip = folder.File(ResultFiles.Annotated),
            Followed = found => track = found,
        };
        var report = await judging.Checker.CheckAsync(clip, options, new CheckedShare(progress, time), cancellationToken);

        var followed = track ?? throw new InvalidOperationException("The clip was judged without being followed.");
        AtomicFile.WriteAllText(folder.File(ResultFiles.Report), ReportJson.Serialize(report));
        FollowedTrack.Write(folder.Path, followed);
        AtomicFile.WriteAllText(folder.File(ResultFiles.KeypointsJson), KeypointJson.Serialize(followed.InClipPixels()));
        AtomicFile.WriteAllText(folder.File(ResultFiles.Insight), Insight.Of(report, followed, judging.Catalogue).ToJson());
        await Stills.TakeAsync(folder.File(ResultFiles.Annotated), report, followed.Skeleton, folder, cancellationToken);
        CorrectPictures.Draw(report, followed.Skeleton, folder);
        using var speech = Texts.Speak(options.Language);
        return (await StoreAsync(job.Id, attempt, folder, report, start, cancellationToken)).ToJson();
    }

    /// <summary>A server has looked at what it takes; a signed-in person may hand in a job past it.</summary>
    private async Task CheckLimitsAsync(string clip, CancellationToken cancellationToken)
    {
        if (new FileInfo(clip).Length > setting.MaxClipBytes)
        {
            throw new VideoFormatException(string.Create(CultureInfo.InvariantCulture, $"The clip is larger than {setting.MaxClipBytes >> 20} MB.")) { Kind = "too-large" };
        }

        if ((await VideoInfo.ReadAsync(clip, cancellationToken: cancellationToken)).DurationSeconds > setting.MaxClipSeconds)
        {
            throw new VideoFormatException(string.Create(CultureInfo.InvariantCulture, $"The clip is longer than {setting.MaxClipSeconds / 60:0.#} minutes.")) { Kind = "too-long" };
        }
    }

    private async Task<ClipOutcome> StoreAsync(string job, string attempt, ScratchFolder folder, Report report, long start, CancellationToken cancellationToken)
    {
        string[] files = [.. Directory.EnumerateFiles(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        foreach (var file in files)
        {
            await clips.SaveAsync(new ClipName(job, attempt, file), folder.File(file), cancellationToken);
        }

        var (stored, said) = ReaderText.Headline(report);
        return new ClipOutcome
        {
            Attempt = attempt,
            Verdict = report.Verdict,
            Exercise = report.Exercise,
            View = report.View,
            Took = Math.Round(time.GetElapsedTime(start).TotalSeconds, 3),
            PackVersion = report.Pack?.Version,
            Repetitions = report.Repetitions.Count(repetition => repetition.Verdict != Verdict.CannotJudge),
            Incorrect = report.Repetitions.Count(repetition => repetition.Verdict == Verdict.Incorrect),
            PValue = report.PValue,
            Headline = stored,
            HeadlineSaid = said,
            Files = files,
        };
    }
}
