using Spotter.Exercises;
using Spotter.Skeletons;

namespace Spotter.Repetitions;

/// <summary>Follows the signal of an exercise through a sequence.</summary>
internal static class SetSignal
{
    // Bodies lean and turn within a set, and their size in the picture with it; one that is this much larger or smaller for a second has come nearer
    // or gone away. Only what goes beyond is taken out, so that a set filmed from one place has one unit of length.
    private const double SteadySize = 1.5;
    private const double SizeReachSeconds = 0.75;

    /// <summary>
    /// The signal, one number a frame, mean of the arms that count in this view, turned so that it rises in the first half of a repetition.
    /// </summary>
    /// <returns>Null when its joints, or what its unit of length needs, are not seen.</returns>
    public static double[]? Read(SkeletonSequence sequence, ViewEstimate view, RepetitionSignal signal)
    {
        if (!BodyFrame.TryMeasure(sequence, 0, sequence.FrameCount, out var body))
        {
            return null;
        }

        var arms = view.Arms(sequence);
        if (arms.Count == 0)
        {
            return null;
        }

        var units = signal.Kind == SignalKind.Height ? Units(sequence, body.Torso) : [];
        var sign = signal.Direction == SignalDirection.Up ? 1 : -1;
        var values = new double[sequence.FrameCount];
        for (var frame = 0; frame < values.Length; frame++)
        {
            foreach (var side in arms)
            {
                values[frame] += sign * Value(sequence, frame, side, signal, units) / arms.Count;
            }
        }

        return Array.Exists(values, double.IsNaN) ? null : values;
    }

    private static double Value(SkeletonSequence sequence, int frame, BodySide side, RepetitionSignal signal, double[] units)
    {
        var joint = Part(signal.Joint);
        return signal.Kind == SignalKind.Height
            ? SkeletonGeometry.Above(sequence, frame, side.Of(joint), side.Of(Part(signal.Reference!))) / units[frame]
            : joint == Joint.RightElbow ? SkeletonGeometry.ElbowAngle(sequence, frame, side) : SkeletonGeometry.KneeAngle(sequence, frame, side);
    }

    // The unit of length in each frame: the torso of the whole sequence, or nearer to the present one where the body is much nearer or farther.
    private static double[] Units(SkeletonSequence sequence, double torso)
    {
        var times = sequence.Timestamps;
        var sums = new double[sequence.FrameCount + 1];
        for (var frame = 0; frame < sequence.FrameCount; frame++)
        {
            sums[frame + 1] = sums[frame] + SkeletonGeometry.Torso(sequence, frame);
        }

        var units = new double[sequence.FrameCount];
        var (from, to) = (0, 0);
        for (var frame = 0; frame < units.Length; frame++)
        {
            while (times[frame] - times[from] > SizeReachSeconds)
            {
                from++;
            }

            while (to < units.Length && times[to] - times[frame] <= SizeReachSeconds)
            {
                to++;
            }

            var present = (sums[to] - sums[from]) / (to - from);
            units[frame] = present > 0 ? Math.Clamp(torso, present / SteadySize, present * SteadySize) : torso;
        }

        return units;
    }

    private static Joint Part(string name) => BodyPart.TryParse(name, out var joint)
        ? joint
        : throw new ArgumentException($"\"{name}\" is no part of the body.", nameof(name));
}
