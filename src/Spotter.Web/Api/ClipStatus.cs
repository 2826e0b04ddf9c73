using System.ComponentModel;
using System.Text.Json.Serialization;
using Spotter.Scoring;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web.Api;

/// <summary>Where a clip stands.</summary>
internal sealed record ClipStatus
{
    [Description("Name of the clip; whoever knows it can see the result.")]
    public required string Id { get; init; }

    [Description("waiting, running, done, set-aside or cancelled.")]
    public required string State { get; init; }

    [Description("When it was handed in.")]
    public required DateTimeOffset CreatedAt { get; init; }

    [Description("What the person called it.")]
    public required string Title { get; init; }

    [Description("Exercise asked for, or judged; null where the movement decides and has not yet.")]
    public string? Exercise { get; init; }

    [Description("Clips that come before it, while it waits; absent where that cannot be told.")]
    public int? Ahead { get; init; }

    [Description("What is being done: pose or annotate; while it runs.")]
    public string? Stage { get; init; }

    [Description("Frames done in this stage.")]
    public int? Frames { get; init; }

    [Description("Frames in all, as far as the file tells.")]
    public int? FramesExpected { get; init; }

    [Description("Estimated seconds until the result, waiting included; absent where nothing is known yet.")]
    public double? SecondsLeft { get; init; }

    [Description("Share of the work done, 0 to 1.")]
    public double? Share { get; init; }

    [Description("Why it was set aside, or why the last attempt failed.")]
    public ClipProblem? Problem { get; init; }

    [Description("The verdict, once done.")]
    public Verdict? Verdict { get; init; }

    [Description("Repetitions found, once done.")]
    public int? Repetitions { get; init; }

    [Description("Names of the files of the result, once done.")]
    public IReadOnlyList<string>? Files { get; init; }

    [JsonIgnore]
    public bool IsOver { get; init; }

    public static ClipStatus Of(Job job, int? ahead = null)
    {
        var (request, outcome) = (ClipRequest.Of(job), ClipOutcome.Of(job));
        return new ClipStatus
        {
            Id = job.Id,
            State = Name(job.State),
            CreatedAt = job.CreatedAt,
            Title = request.Title,
            Exercise = outcome?.Exercise ?? request.Exercise,
            Ahead = job.State == JobState.Waiting ? ahead : null,
            Stage = job.Progress?.Stage,
            Frames = job.Progress?.Done,
            FramesExpected = job.Progress?.Expected,
            SecondsLeft = job.Progress?.SecondsLeft is { } left ? Math.Round(left, 1) : null,
            Share = ShareOf(job),
            Problem = job.Problem is { } problem && job.State != JobState.Done ? new ClipProblem(problem.Code, ProblemText.Of(problem)) : null,
            Verdict = outcome?.Verdict,
            Repetitions = outcome?.Repetitions,
            Files = outcome?.Files,
            IsOver = job.IsOver,
        };
    }

    internal static string Name(JobState state) => state switch
    {
        JobState.SetAside => "set-aside",
        _ => state.ToString().ToLowerInvariant(),
    };

    private static double? ShareOf(Job job) => job switch
    {
        { State: JobState.Done } => 1,
        { Progress: { Expected: > 0 } progress } => Math.Round(CheckedShare.Of(progress), 3),
        { State: JobState.Running } => 0,
        _ => null,
    };
}

/// <summary>Why a clip has no result.</summary>
/// <param name="Code">Short name of the cause.</param>
/// <param name="Text">A sentence that says what to do.</param>
internal sealed record ClipProblem(string Code, string Text);
