using System.Numerics;

namespace Spotter.Skeletons;

/// <summary>Tells from where a person is filmed.</summary>
public static class ViewEstimator
{
    // Distance between the shoulder and between the hip keypoints of a person who faces the camera, in torso lengths. Adults vary by about a
    // tenth; the sum of both varies less than either.
    private const double ShoulderWidth = 0.60;
    private const double HipWidth = 0.40;

    // The nose of a person seen from the side is about this far before the neck, in torso lengths.
    private const double NoseReach = 0.25;

    // How much more sure estimators are of the near arm than of the far one, seen from the side.
    private const double ArmConfidenceLead = 0.4;

    /// <summary>
    /// Estimates the view from the picture alone: the narrower shoulders and hips are for the length of the torso, the further the person is
    /// turned; the face and the estimator's confidence in either arm tell which way.
    /// </summary>
    /// <param name="sequence">A cleaned sequence, see <see cref="SkeletonCleaning"/>.</param>
    /// <returns>The estimate; null when torso, or both shoulders' and hips' widths, cannot be measured and nothing tells the side.</returns>
    public static ViewEstimate? Estimate(SkeletonSequence sequence)
    {
        if (!BodyFrame.TryMeasure(sequence, 0, sequence.FrameCount, out var body))
        {
            return null;
        }

        double width = 0, faced = 0;
        Add(MedianGap(sequence, Joint.RightShoulder, Joint.LeftShoulder), ShoulderWidth);
        Add(MedianGap(sequence, Joint.RightHip, Joint.LeftHip), HipWidth);

        // Whoever shows only one shoulder and one hip is seen exactly from the side, as far as anyone can tell.
        var turned = faced == 0 ? 90 : Math.Acos(Math.Clamp(width / faced, -1, 1)) * 180 / Math.PI;
        return ViewEstimate.FromAzimuth(Facing(sequence, body.Torso) >= 0 ? turned : -turned);

        void Add(double? gap, double facing)
        {
            if (gap is { } pixels)
            {
                width += pixels / body.Torso;
                faced += facing;
            }
        }
    }

    /// <summary>Estimates the view from joints in space, where the pose estimator gives them.</summary>
    /// <param name="world">For each frame 18 joints in metres, x to the right of the picture, y down, z away from the camera; null where there is none.</param>
    /// <returns>The estimate; null when no frame has joints.</returns>
    public static ViewEstimate? Estimate(IEnumerable<Vector3[]?> world)
    {
        var across = Vector3.Zero;
        foreach (var joints in world)
        {
            if (joints is not null)
            {
                across += joints[(int)Joint.LeftShoulder] - joints[(int)Joint.RightShoulder]
                    + joints[(int)Joint.LeftHip] - joints[(int)Joint.RightHip];
            }
        }

        return across == Vector3.Zero ? null : ViewEstimate.FromAzimuth(Math.Atan2(across.Z, across.X) * 180 / Math.PI);
    }

    // Above 0 when the person faces the right of the picture.
    private static double Facing(SkeletonSequence sequence, double torso)
    {
        var nose = MedianGap(sequence, Joint.Neck, Joint.Nose) ?? 0;
        var arms = SkeletonNormalization.ArmConfidence(sequence, BodySide.Right) - SkeletonNormalization.ArmConfidence(sequence, BodySide.Left);
        return (nose / torso / NoseReach) + (arms / ArmConfidenceLead);
    }

    private static double? MedianGap(SkeletonSequence sequence, Joint from, Joint to)
    {
        List<double> gaps = [];
        for (var frame = 0; frame < sequence.FrameCount; frame++)
        {
            var (a, b) = (sequence[frame, from], sequence[frame, to]);
            if (!a.IsMissing && !b.IsMissing)
            {
                gaps.Add(b.X - a.X);
            }
        }

        gaps.Sort();
        return gaps.Count == 0 ? null : gaps[gaps.Count / 2];
    }
}
