using System.Text.Json;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>A good example of an exercise that is to be learnt.</summary>
/// <param name="Exercise">Name of the exercise.</param>
/// <param name="Title">What the clip is called.</param>
/// <param name="Container">Kind of file by content.</param>
internal sealed record ExampleRequest(string Exercise, string Title, string Container)
{
    /// <summary>Checksum of the file (SHA-256), so that one clip is not learnt from twice; null where it was not taken.</summary>
    public string? Checksum { get; init; }

    /// <summary>Language of whoever handed it in, for what a pack learnt from it says.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The server on which the exercise is taught, see <see cref="CoachBook.Server"/>; null in what was handed in before servers had names.</summary>
    public string? Server { get; init; }

    public const string Kind = "learn";

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static ExampleRequest Of(Job job) => JsonSerializer.Deserialize<ExampleRequest>(job.Details, JsonSerializerOptions.Web)!;
}

/// <summary>What became of an example.</summary>
/// <param name="Attempt">The attempt whose files count.</param>
/// <param name="Repetitions">Repetitions found in it alone.</param>
/// <param name="View">From where it is seen; null where nobody can be followed.</param>
internal sealed record ExampleOutcome(string Attempt, int Repetitions, string? View)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static ExampleOutcome? Of(Job job) => job.Outcome is null ? null : JsonSerializer.Deserialize<ExampleOutcome>(job.Outcome, JsonSerializerOptions.Web);
}

/// <summary>A training of an exercise on the examples there are.</summary>
/// <param name="Exercise">Name of the exercise.</param>
/// <param name="Language">Language for what the pack says.</param>
internal sealed record FitRequest(string Exercise, string Language)
{
    public const string Kind = "fit";

    /// <summary>The server on which the exercise is taught, see <see cref="CoachBook.Server"/>; null in what was handed in before servers had names.</summary>
    public string? Server { get; init; }

    /// <summary>Checksum of the feature network to learn with, that of the server's packs; null for any, in what was handed in before trainings named one.</summary>
    public string? Backbone { get; init; }

    /// <summary>The examples to learn from; all of them were followed before the training was handed in, so that it waits for nothing.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Judged clips of the exercise that all who labelled them call correct; they are learnt from too.</summary>
    public IReadOnlyList<string> Correct { get; init; } = [];

    /// <summary>Judged clips that all who labelled them call incorrect; the version is tried on them.</summary>
    public IReadOnlyList<string> Incorrect { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static FitRequest Of(Job job) => JsonSerializer.Deserialize<FitRequest>(job.Details, JsonSerializerOptions.Web)!;
}

/// <summary>What a training gave.</summary>
/// <param name="Attempt">The attempt that stored the pack; null when none could be made.</param>
/// <param name="Learnt">What the version rests on, not numbered yet; null when none could be made.</param>
/// <param name="Repetitions">Good repetitions found in the examples.</param>
/// <param name="Problem">Why none could be made; null otherwise.</param>
internal sealed record FitOutcome(string? Attempt, PackVersion? Learnt, int Repetitions, string? Problem)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static FitOutcome? Of(Job job) => job.Outcome is null ? null : JsonSerializer.Deserialize<FitOutcome>(job.Outcome, JsonSerializerOptions.Web);
}
