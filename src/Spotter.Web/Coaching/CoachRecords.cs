namespace Spotter.Web.Coaching;

/// <summary>An exercise that a coach teaches.</summary>
/// <param name="Name">Name in packs and addresses: lower-case letters, digits and hyphens.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Current">Number of the version that judges; 0 while none of the coach's does: then the pack that comes with Spotter judges, where there is one.</param>
/// <param name="Follows">Whether the next version judges as soon as it is made; false once somebody went back to an older one, or has not let one judge yet instead of Spotter's own.</param>
internal sealed record CoachedExercise(string Name, string Title, int Current, bool Follows);

/// <summary>One training of an exercise.</summary>
/// <param name="Number">Number of the version, from 1.</param>
/// <param name="At">When it was made.</param>
/// <param name="Clips">Clips behind it.</param>
/// <param name="Repetitions">Good repetitions behind its best view.</param>
/// <param name="Sessions">Sessions behind its best view.</param>
/// <param name="View">The view with most repetitions.</param>
/// <param name="Low">Lower end of the true false-alarm rate, 95 %; 0 while it cannot flag anything.</param>
/// <param name="High">Upper end of the true false-alarm rate, 95 %; 1 while it cannot flag anything.</param>
/// <param name="CanFlag">Whether there are enough repetitions for verdicts at all.</param>
/// <param name="Evaluation">How labelled clips came out, see <see cref="VersionEvaluation"/>; null where none are labelled.</param>
/// <param name="Job">The training that made it.</param>
/// <param name="Attempt">The attempt of the training that stored the pack.</param>
/// <param name="IsLearntAgain">Whether it is the first one after an upgrade of Spotter that no version made before can judge with.</param>
internal sealed record PackVersion(
    int Number, DateTimeOffset At, int Clips, int Repetitions, int Sessions, string View, double Low, double High, bool CanFlag, VersionEvaluation? Evaluation,
    string? Job = null, string? Attempt = null, bool IsLearntAgain = false)
{
    /// <summary>Sessions after which one more changes little.</summary>
    public const int SessionsEnough = 5;

    // Asked for are 10 %: at most three times that, with 95 % confidence, is what a handful of clips can reach.
    private const double HighestRate = 0.3;

    /// <summary>The stop rule: enough sessions, and the true share of false alarms known to be bearable.</summary>
    public bool IsEnough => CanFlag && Sessions >= SessionsEnough && High <= HighestRate;
}

/// <summary>How a version judges clips that people labelled, and repetitions of sessions that it had not seen.</summary>
/// <param name="Incorrect">Clips labelled incorrect.</param>
/// <param name="Found">Of these, how many it flags.</param>
/// <param name="HeldOut">Good repetitions judged by the scores of the other sessions.</param>
/// <param name="Flagged">Of these, how many are flagged.</param>
internal sealed record VersionEvaluation(int Incorrect, int Found, int HeldOut, int Flagged);

/// <summary>What somebody says about a set.</summary>
internal enum SetLabel
{
    /// <summary>Well done.</summary>
    Correct,

    /// <summary>Not well done.</summary>
    Incorrect,

    /// <summary>Cannot tell.</summary>
    Unsure,
}

/// <summary>A label.</summary>
/// <param name="Job">The clip.</param>
/// <param name="Rater">Who says it.</param>
/// <param name="Value">What they say.</param>
/// <param name="Note">Why; may be empty.</param>
internal sealed record ClipLabel(string Job, string Rater, SetLabel Value, string Note);
