using Spotter.Exercises;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Measures;

/// <summary>How angles and places change over a repetition: one number at each of <see cref="Points"/> phases.</summary>
/// <param name="Name">What it shows, one of <see cref="MeasureCurves.Names"/>.</param>
/// <param name="Part">The part of the body, without its side.</param>
/// <param name="Side">The arm; null for the whole body.</param>
/// <param name="Values">The numbers, NaN where they cannot be measured.</param>
public sealed record MeasureCurve(string Name, string Part, BodySide? Side, double[] Values)
{
    /// <summary>Number of phases: the first half up to the turning point, the second half after it, each evenly spaced in time.</summary>
    public const int Points = 32;
}

/// <summary>Takes the curves of a repetition.</summary>
public static class MeasureCurves
{
    private static readonly (string Name, string Part, Func<ArmTrack, double[]> Track)[] OfArm =
    [
        ("elbow-angle-degrees", "elbow", arm => arm.ElbowAngle),
        ("wrist-height", "wrist", arm => arm.WristHeight),
        ("elbow-height", "elbow", arm => arm.ElbowHeight),
        ("wrist-aside", "wrist", arm => arm.WristAside),
        ("elbow-aside", "elbow", arm => arm.ElbowAside),
        ("forearm-tilt-degrees", "wrist", arm => arm.ForearmTilt),
    ];

    private static readonly (string Name, string Part, Func<BodyTrack, double[]> Track)[] OfBody =
    [
        ("trunk-angle-degrees", "neck", body => body.TrunkAngle),
        ("knee-flexion-degrees", "knee", body => body.KneeFlexion),
    ];

    /// <summary>Names of all curves; angles in degrees, the rest in torso lengths, signs as in docs/measures.md.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. OfArm.Select(curve => curve.Name), .. OfBody.Select(curve => curve.Name)];

    /// <summary>Takes all curves of a repetition: for arms one for each that counts in the view. Empty when its joints are not seen.</summary>
    /// <param name="sequence">A cleaned sequence, see <see cref="SkeletonCleaning"/>.</param>
    /// <param name="repetition">The frames to take.</param>
    /// <param name="view">From where it is seen.</param>
    /// <param name="exercise">The exercise.</param>
    public static IReadOnlyList<MeasureCurve> Extract(
        SkeletonSequence sequence, Repetition repetition, ViewEstimate view, ExerciseDefinition exercise)
    {
        if (BodyTrack.Follow(sequence, repetition, view, exercise) is not { } body)
        {
            return [];
        }

        var times = sequence.Timestamps[repetition.StartFrame..repetition.EndFrame].ToArray();
        return
        [
            .. OfArm.SelectMany(curve => body.Arms.Select(arm =>
                new MeasureCurve(curve.Name, curve.Part, arm.Side, AtPhases(curve.Track(arm), times, body.Turning)))),
            .. OfBody.Select(curve => new MeasureCurve(curve.Name, curve.Part, null, AtPhases(curve.Track(body), times, body.Turning))),
        ];
    }

    private static double[] AtPhases(double[] values, double[] times, int turning)
    {
        const int Half = MeasureCurve.Points / 2;
        var result = new double[MeasureCurve.Points];
        for (var point = 0; point < result.Length; point++)
        {
            // The turning point is the first point of the second half.
            var time = point < Half
                ? double.Lerp(times[0], times[turning], (double)point / Half)
                : double.Lerp(times[turning], times[^1], (double)(point - Half) / (Half - 1));
            var after = Array.BinarySearch(times, time);
            after = after < 0 ? Math.Min(~after, times.Length - 1) : after;
            var before = Math.Max(after - 1, 0);
            var share = times[after] > times[before] ? (time - times[before]) / (times[after] - times[before]) : 0;
            result[point] = double.Lerp(values[before], values[after], Math.Clamp(share, 0, 1));
        }

        return result;
    }
}

/// <summary>Where a curve lies in correct repetitions, phase by phase.</summary>
/// <param name="Name">Name of the curve.</param>
/// <param name="Low">Lower end at each phase.</param>
/// <param name="Middle">Median at each phase.</param>
/// <param name="High">Upper end at each phase.</param>
/// <param name="Count">How many curves it rests on.</param>
public sealed record CurveBand(string Name, double[] Low, double[] Middle, double[] High, int Count)
{
    /// <summary>Finds the band of each curve: at each phase the quantiles that leave out the same share at either end. Both arms share one band.</summary>
    /// <param name="curves">Curves of correct repetitions in one view.</param>
    /// <param name="coverage">Share of the values that a band holds, above 0 and at most 1.</param>
    public static IReadOnlyList<CurveBand> Fit(IEnumerable<MeasureCurve> curves, double coverage = MeasureBands.DefaultCoverage)
    {
        List<CurveBand> bands = [];
        foreach (var group in curves.Where(curve => !curve.Values.Any(double.IsNaN)).GroupBy(curve => curve.Name, StringComparer.Ordinal))
        {
            var all = group.Select(curve => curve.Values).ToArray();
            bands.Add(new CurveBand(
                group.Key, At((1 - coverage) / 2), At(0.5), At((1 + coverage) / 2), all.Length));

            double[] At(double share) =>
                [.. Enumerable.Range(0, MeasureCurve.Points).Select(point => MeasureBands.Quantile([.. all.Select(values => values[point]).Order()], share))];
        }

        return bands;
    }
}
