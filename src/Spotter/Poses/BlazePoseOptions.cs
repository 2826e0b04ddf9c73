namespace Spotter.Poses;

/// <summary>How <see cref="BlazePose"/> works on a clip.</summary>
public sealed record BlazePoseOptions
{
    /// <summary>Whether keypoints are smoothed over time.</summary>
    public bool Smoothing { get; init; } = true;

    /// <summary>How many frames are looked at at the same time, each on one thread. Results depend on it a little: the place to look comes from so many frames before.</summary>
    public int FramesAtOnce { get; init; } = 2;

    /// <summary>Seconds of the clip between two looks of the detector while a person is followed: they count people, and see whether somebody stands in front of a small figure that was there first.</summary>
    public double DetectionInterval { get; init; } = 1;

    /// <summary>Lowest score of a detected person, 0 to 1.</summary>
    public float MinimumDetectionScore { get; init; } = 0.5f;

    /// <summary>Lowest probability of a person in the region followed, 0 to 1; below it the person is lost.</summary>
    public float MinimumPresence { get; init; } = 0.5f;

    /// <summary>Smallest size, as a share of the main person's, with which somebody else counts in <see cref="PoseObservation.People"/>.</summary>
    public float MinimumOtherSize { get; init; } = 0.4f;
}
