namespace Spotter.Skeletons;

/// <summary>From where the camera sees the person.</summary>
/// <param name="View">The view in one word.</param>
/// <param name="AzimuthDegrees">
/// How far the person is turned, -180 to 180: 0 faces the camera, 90 faces the right edge of the picture (and shows the right side),
/// -90 the left edge, 180 shows the back.
/// </param>
public readonly record struct ViewEstimate(View View, double AzimuthDegrees)
{
    /// <summary>
    /// Turned by less than this, a person is seen from the front. Widths hardly change up to there, so that somebody with narrow shoulders who
    /// faces the camera exactly can seem to be turned by 25 degrees.
    /// </summary>
    public const double FrontLimitDegrees = 30;

    /// <summary>
    /// Turned by more than this (and by less than 180 minus this), a person is seen from the side: at 55 degrees the arms already move
    /// mostly along the line of sight, and what is called "from the side" is in practice often filmed from there.
    /// </summary>
    public const double SideLimitDegrees = 55;

    /// <summary>The side of the body towards the camera.</summary>
    public BodySide NearSide => AzimuthDegrees >= 0 ? BodySide.Right : BodySide.Left;

    /// <summary>Names the view of an azimuth; whoever is seen from behind is called diagonal, as no front or side view is like it.</summary>
    public static ViewEstimate FromAzimuth(double degrees) => new(
        Math.Abs(degrees) switch
        {
            < FrontLimitDegrees => View.Front,
            > SideLimitDegrees and < 180 - SideLimitDegrees => View.Side,
            _ => View.Diagonal,
        },
        degrees);

    /// <summary>
    /// The arms to measure: from the side the near one (the far one is a guess of the estimator), else those that are seen, and only the
    /// better one when the estimator is much less sure of the other.
    /// </summary>
    /// <param name="sequence">A cleaned sequence.</param>
    /// <returns>No, one or two sides, right first.</returns>
    public IReadOnlyList<BodySide> Arms(SkeletonSequence sequence)
    {
        BodySide[] seen = [.. BodySides.Both.Where(side => IsArmSeen(sequence, side))];
        if (seen.Length < 2)
        {
            return seen;
        }

        var lead = SkeletonNormalization.ArmConfidence(sequence, BodySide.Right) - SkeletonNormalization.ArmConfidence(sequence, BodySide.Left);
        if (View == View.Side)
        {
            return [NearSide];
        }

        return Math.Abs(lead) <= SkeletonNormalization.ArmConfidenceMargin ? seen : [lead > 0 ? BodySide.Right : BodySide.Left];
    }

    private static bool IsArmSeen(SkeletonSequence sequence, BodySide side) =>
        sequence.FrameCount > 0
        && !sequence[0, side.Of(Joint.RightShoulder)].IsMissing
        && !sequence[0, side.Of(Joint.RightElbow)].IsMissing
        && !sequence[0, side.Of(Joint.RightWrist)].IsMissing;
}
