using Spotter.Skeletons;

namespace Spotter.Evaluation;

/// <summary>A labelled recording of one exercise: one repetition or several, all of them correct or all of them not.</summary>
public sealed record RecordedClip
{
    /// <summary>File name, with its folder inside the data set.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the exercise.</summary>
    public required string Exercise { get; init; }

    /// <summary>Whether the exercise is done correctly.</summary>
    public required bool Correct { get; init; }

    /// <summary>Recording session: one person, one camera place, one day. Never split between training and test.</summary>
    public required string Session { get; init; }

    /// <summary>Keypoints as the pose estimator gave them.</summary>
    public required SkeletonSequence Keypoints { get; init; }

    /// <summary>Whether the file was cut to about one repetition, so that it need not be cut again.</summary>
    public bool HoldsOneRepetition { get; init; }

    /// <summary>Number of repetitions that the data set states; null where it states none.</summary>
    public int? StatedRepetitions { get; init; }

    /// <summary>The clip shares nearly all frames with another one before it, and the two should count as one.</summary>
    public bool IsNearDuplicate { get; init; }
}
