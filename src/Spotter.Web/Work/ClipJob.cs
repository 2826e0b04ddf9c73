using System.Text.Json;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Words;

namespace Spotter.Web.Work;

/// <summary>What is to be known for judging a clip.</summary>
internal sealed record ClipRequest
{
    /// <summary>Kind of these jobs.</summary>
    public const string Kind = "judge";

    /// <summary>Name of the exercise; null lets the movement decide.</summary>
    public string? Exercise { get; init; }

    /// <summary>What the person calls the clip: its file's name, for showing only.</summary>
    public required string Title { get; init; }

    /// <summary>Language for the sentences, such as <c>zh-Hant</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Who lifts, as far as they said; null otherwise.</summary>
    public string? Person { get; init; }

    /// <summary>Kind of file by content, such as <c>mov</c> or <c>matroska</c>.</summary>
    public required string Container { get; init; }

    /// <summary>Size of the file, bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Length, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The packs a coach taught that judge beside those of the machine that does the work; null where the server that took the clip judges it with its own.</summary>
    public IReadOnlyList<TaughtPack>? Packs { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static ClipRequest Of(Job job) => JsonSerializer.Deserialize<ClipRequest>(job.Details, JsonSerializerOptions.Web)!;
}

/// <summary>What an attempt at a clip commits: where its files are, and what lists show.</summary>
internal sealed record ClipOutcome
{
    /// <summary>The attempt whose files are the result.</summary>
    public required string Attempt { get; init; }

    /// <summary>The verdict on the clip.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The exercise that it was judged as; null when none fits.</summary>
    public string? Exercise { get; init; }

    /// <summary>From where it is seen; null where it could not be judged, and in results of older versions.</summary>
    public View? View { get; init; }

    /// <summary>Version of the pack that judged; null when none did.</summary>
    public string? PackVersion { get; init; }

    /// <summary>How long judging took, seconds; 0 where it was not told.</summary>
    public double Took { get; init; }

    /// <summary>Repetitions that could be judged.</summary>
    public int Repetitions { get; init; }

    /// <summary>Repetitions judged incorrect.</summary>
    public int Incorrect { get; init; }

    /// <summary>Lowest p-value of the repetitions; null without any.</summary>
    public double? PValue { get; init; }

    /// <summary>What matters most, in the language of whoever handed in the clip; null without anything.</summary>
    public string? Headline { get; init; }

    /// <summary>The same, to be said in another language; null without anything, and in results of older versions.</summary>
    public Sentence? HeadlineSaid { get; init; }

    /// <summary>Files that the attempt stored.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static ClipOutcome? Of(Job job) =>
        job.Outcome is null ? null : JsonSerializer.Deserialize<ClipOutcome>(job.Outcome, JsonSerializerOptions.Web);
}

/// <summary>Names of the files that an attempt stores.</summary>
internal static class ResultFiles
{
    public const string Annotated = "annotated.mp4";
    public const string Report = "report.json";
    public const string Keypoints = Coaching.FollowedTrack.KeypointsFile;
    public const string KeypointsJson = "keypoints.json";
    public const string Insight = "insight.json";
    public const string Poster = "poster.jpg";
    public const string Thumbnail = "thumb.jpg";

    /// <summary>Picture of a finding's moment.</summary>
    public static string Still(int repetition, int finding) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"moment-{repetition}-{finding}.jpg");

    /// <summary>Picture of the position that would have been right at a finding's moment.</summary>
    public static string Correct(int repetition, int finding) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"correct-{repetition}-{finding}.jpg");
}
