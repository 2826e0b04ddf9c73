using Spotter.Exercises;
using Spotter.Skeletons;

namespace Spotter.Repetitions;

/// <summary>Follows the signal of an exercise through a sequence.</summary>
internal static class SetSignal
{
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

        var sign = signal.Direction == SignalDirection.Up ? 1 : -1;
        var values = new double[sequence.FrameCount];
        for (var frame = 0; frame < values.Length; frame++)
        {
            foreach (var side in arms)
            {
                values[frame] += sign * Value(sequence, frame, side, signal, body.Torso) / arms.Count;
            }
        }

        return Array.Exists(values, double.IsNaN) ? null : values;
    }

    private static double Value(SkeletonSequence sequence, int frame, BodySide side, RepetitionSignal signal, double torso)
    {
        var joint = Part(signal.Joint);
        return signal.Kind == SignalKind.Height
            ? SkeletonGeometry.Above(sequence, frame, side.Of(joint), side.Of(Part(signal.Reference!))) / torso
            : joint == Joint.RightElbow ? SkeletonGeometry.ElbowAngle(sequence, frame, side) : SkeletonGeometry.KneeAngle(sequence, frame, side);
    }

    private static Joint Part(string name) => BodyPart.TryParse(name, out var joint)
        ? joint
        : throw new ArgumentException($"\"{name}\" is no part of the body.", nameof(name));
}
