namespace Spotter.Skeletons;

/// <summary>Where a body is in the picture and how large: the origin and the unit of length of everything that is compared between bodies.</summary>
/// <param name="HipX">Mean horizontal place of the middle between the hips, pixels.</param>
/// <param name="HipY">Mean vertical place of the middle between the hips, pixels from the top.</param>
/// <param name="Torso">Median distance from the neck to the middle between the hips, pixels; above 0.</param>
public readonly record struct BodyFrame(double HipX, double HipY, double Torso)
{
    /// <summary>Measures the body over some frames.</summary>
    /// <param name="sequence">A cleaned sequence, see <see cref="SkeletonCleaning"/>.</param>
    /// <param name="start">First frame.</param>
    /// <param name="end">One past the last frame.</param>
    /// <param name="body">The result.</param>
    /// <returns>False when no frame shows the neck (or both shoulders) and a hip.</returns>
    public static bool TryMeasure(SkeletonSequence sequence, int start, int end, out BodyFrame body)
    {
        double sumX = 0, sumY = 0;
        List<double> torsos = [];
        for (var frame = start; frame < end; frame++)
        {
            if (Hips(sequence, frame) is not { } hips || Neck(sequence, frame) is not { } neck)
            {
                continue;
            }

            sumX += hips.X;
            sumY += hips.Y;
            torsos.Add(double.Hypot(neck.X - hips.X, neck.Y - hips.Y));
        }

        torsos.Sort();
        body = torsos.Count == 0
            ? default
            : new BodyFrame(sumX / torsos.Count, sumY / torsos.Count, (torsos[(torsos.Count - 1) / 2] + torsos[torsos.Count / 2]) / 2);
        return body.Torso > 0;
    }

    /// <summary>The middle between the hips; the one hip that is seen where the other is missing; null where neither is seen.</summary>
    internal static (double X, double Y)? Hips(SkeletonSequence sequence, int frame) =>
        Middle(sequence[frame, Joint.RightHip], sequence[frame, Joint.LeftHip], both: false);

    /// <summary>The neck; the middle between the shoulders where it is missing; null where that is missing too.</summary>
    internal static (double X, double Y)? Neck(SkeletonSequence sequence, int frame)
    {
        var neck = sequence[frame, Joint.Neck];
        return neck.IsMissing
            ? Middle(sequence[frame, Joint.RightShoulder], sequence[frame, Joint.LeftShoulder], both: true)
            : (neck.X, neck.Y);
    }

    private static (double X, double Y)? Middle(Keypoint a, Keypoint b, bool both) => (a.IsMissing, b.IsMissing) switch
    {
        (false, false) => ((a.X + b.X) / 2.0, (a.Y + b.Y) / 2.0),
        (false, true) when !both => (a.X, a.Y),
        (true, false) when !both => (b.X, b.Y),
        _ => null,
    };
}
