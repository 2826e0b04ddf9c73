using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Measures;

/// <summary>Takes all measures of a repetition.</summary>
public static class MeasureExtractor
{
    /// <summary>Takes all measures of a repetition; NaN for those that the view does not show or whose joints are missing.</summary>
    /// <param name="sequence">A cleaned sequence, see <see cref="SkeletonCleaning"/>.</param>
    /// <param name="repetition">The frames to take.</param>
    /// <param name="view">From where it is seen.</param>
    /// <param name="exercise">The exercise: its signal tells the phases.</param>
    public static MeasureVector Extract(SkeletonSequence sequence, Repetition repetition, ViewEstimate view, ExerciseDefinition exercise)
    {
        var track = BodyTrack.Follow(sequence, repetition, view, exercise);
        Dictionary<string, MeasureValue> values = new(StringComparer.Ordinal);
        foreach (var measure in MeasureCatalogue.All)
        {
            values[measure.Name] = track is null || !measure.Views.Contains(view.View) ? MeasureValue.None : Take(measure, track);
        }

        return new MeasureVector(view.View, values);
    }

    private static MeasureValue Take(Measure measure, BodyTrack track)
    {
        if (measure.OfArm is not { } ofArm)
        {
            var value = measure.OfBody!(track);
            return new MeasureValue(value, value, value);
        }

        var (right, left, sum) = (double.NaN, double.NaN, 0.0);
        foreach (var arm in track.Arms)
        {
            var value = ofArm(track, arm);
            sum += value;
            (right, left) = arm.Side == BodySide.Right ? (value, left) : (right, value);
        }

        if (measure.ComparesArms)
        {
            return track.Arms.Count == 2 ? new MeasureValue(Math.Abs(right - left), left - right, right - left) : MeasureValue.None;
        }

        return track.Arms.Count == 0 ? MeasureValue.None : new MeasureValue(sum / track.Arms.Count, right, left);
    }
}
