using System.Globalization;
using Spotter.Poses;
using Spotter.Scoring;

namespace Spotter;

/// <summary>How a clip is to be checked.</summary>
public sealed record CheckOptions
{
    /// <summary>The exercise; null lets the best-fitting pack decide.</summary>
    public string? Exercise { get; init; }

    /// <summary>What decides the verdict.</summary>
    public Method Method { get; init; } = Method.Fused;

    /// <summary>The pose model.</summary>
    public PoseModel Pose { get; init; } = PoseModel.Full;

    /// <summary>Frames per second of keypoint files, which carry no times.</summary>
    public double KeypointsPerSecond { get; init; } = 30;

    /// <summary>The language of the report's sentences and of the annotated clip; null for <see cref="CultureInfo.CurrentUICulture"/>.</summary>
    public CultureInfo? Language { get; init; }

    /// <summary>Where the annotated clip goes, in a folder that is made where it is missing; null makes none.</summary>
    public string? AnnotatedClip { get; init; }

    /// <summary>Handed what the pose stage found, before it is judged; null where nobody wants it.</summary>
    public Action<PoseTrack>? Followed { get; init; }
}

/// <summary>How far a check is.</summary>
/// <param name="Stage">What is being done: <c>pose</c> or <c>annotate</c>.</param>
/// <param name="Frames">Frames done in this stage.</param>
/// <param name="FramesExpected">Frames in all, as far as the file tells; 0 where it does not.</param>
public readonly record struct CheckProgress(string Stage, int Frames, int FramesExpected);
