namespace Spotter.Scoring;

/// <summary>The codes of <see cref="Reason"/>; part of the contract of the report.</summary>
public static class ReasonCodes
{
    /// <summary>Nobody was found.</summary>
    public const string NoPerson = "no-person";

    /// <summary>More than one person could be meant.</summary>
    public const string SeveralPeople = "several-people";

    /// <summary>The person is too small in the picture.</summary>
    public const string PersonTooSmall = "person-too-small";

    /// <summary>Joints that matter leave the picture.</summary>
    public const string OutOfFrame = "out-of-frame";

    /// <summary>Joints that matter are hidden.</summary>
    public const string JointsHidden = "joints-hidden";

    /// <summary>The movement is another one.</summary>
    public const string NotThisExercise = "not-this-exercise";

    /// <summary>The pack has not learnt this view.</summary>
    public const string UnsupportedView = "unsupported-view";

    /// <summary>No repetition is in the clip from start to end.</summary>
    public const string NoCompleteRepetition = "no-complete-repetition";

    /// <summary>The movements are too small to count as repetitions.</summary>
    public const string MovementsTooSmall = "movements-too-small";

    /// <summary>The clip is too short.</summary>
    public const string TooShort = "too-short";

    /// <summary>Too few frames per second.</summary>
    public const string FrameRateTooLow = "frame-rate-too-low";

    /// <summary>The camera moves.</summary>
    public const string CameraMoves = "camera-moves";
}

/// <summary>The codes of <see cref="Note"/>; part of the contract of the report.</summary>
public static class NoteCodes
{
    /// <summary>The pack rests on too few good repetitions to call any wrong.</summary>
    public const string TooFewExamples = "too-few-examples";

    /// <summary>Movements that are not the exercise were left out.</summary>
    public const string MovementsLeftOut = "movements-left-out";

    /// <summary>Movements that are too small to count as repetitions were left out.</summary>
    public const string MovementsTooSmall = "movements-too-small";

    /// <summary>Some repetitions could not be judged; each says why.</summary>
    public const string RepetitionsNotJudged = "repetitions-not-judged";

    /// <summary>The clip tells that it is slow motion; tempo is not judged.</summary>
    public const string SlowMotion = "slow-motion";

    /// <summary>All repetitions take so long that the clip may be slow motion, though it does not tell.</summary>
    public const string PerhapsSlowMotion = "perhaps-slow-motion";
}
