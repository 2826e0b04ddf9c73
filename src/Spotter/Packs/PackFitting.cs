using System.Security.Cryptography;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.StGcn;

namespace Spotter.Packs;

/// <summary>One repetition to learn from: a correct one, or an incorrect one for a network that is to tell the two apart.</summary>
/// <param name="Skeleton">The cleaned sequence that holds it.</param>
/// <param name="Repetition">Its frames.</param>
/// <param name="View">From where it is seen.</param>
/// <param name="Source">Name of the set of recordings.</param>
/// <param name="Session">Name of the recording session; sessions are held out whole.</param>
public sealed record CorrectRepetition(SkeletonSequence Skeleton, Repetition Repetition, ViewEstimate View, string Source, string Session);

/// <summary>Learns a pack from correct repetitions: scaler, one-class SVMs, calibration and bands for each view. Needs no libtorch; takes seconds.</summary>
public static class PackFitting
{
    /// <summary>Fewest repetitions from a view that are worth a model; how much it can be trusted stands in the pack.</summary>
    public const int MinimumRepetitions = 5;

    /// <summary>Learns a pack.</summary>
    /// <param name="definition">The exercise.</param>
    /// <param name="correct">Correct repetitions, at least <see cref="MinimumRepetitions"/> from one view.</param>
    /// <param name="encoder">The feature network.</param>
    /// <param name="backbone">Which network that is.</param>
    /// <param name="version">Version of the pack.</param>
    /// <param name="command">The command that makes it, for the record.</param>
    /// <param name="falseAlarmRate">Share of correct repetitions that may be flagged.</param>
    /// <param name="heldOutScores">
    /// Where the network was trained on these very repetitions: the relative score of each one's features under a network and a one-class SVM that have not
    /// seen its session. Null where the network has seen none of them.
    /// </param>
    /// <param name="measuresPrior">What is known beforehand of the measures on which a view is judged; null where nothing is, as in every pack that ships.</param>
    /// <param name="cancellationToken">Stops the fitting.</param>
    /// <exception cref="PackFormatException">There are too few repetitions.</exception>
    public static ExercisePack Fit(
        ExerciseDefinition definition,
        IReadOnlyList<CorrectRepetition> correct,
        StGcnEncoder encoder,
        Backbone backbone,
        string version,
        string command,
        double falseAlarmRate = 0.1,
        IReadOnlyDictionary<CorrectRepetition, double>? heldOutScores = null,
        Func<View, FeaturePrior?>? measuresPrior = null,
        CancellationToken cancellationToken = default)
    {
        ViewModelState[] views =
        [
            .. correct.GroupBy(repetition => repetition.View.View)
                .Where(group => group.Count() >= MinimumRepetitions && definition.Measures.ContainsKey(group.Key))
                .OrderBy(group => group.Key)
                .Select(group => FitView(definition, group.Key, [.. group], encoder, heldOutScores, measuresPrior?.Invoke(group.Key), cancellationToken)),
        ];
        if (views.Length == 0)
        {
            throw new PackFormatException(
                $"{correct.Count} correct repetitions were found, and a pack needs at least {MinimumRepetitions} from one view. Record more good repetitions.");
        }

        return new ExercisePack
        {
            Schema = ExercisePack.CurrentSchema,
            Version = version,
            Definition = definition,
            Backbone = backbone,
            FalseAlarmRate = falseAlarmRate,
            Views = views,
            Origin = new PackOrigin(command,
            [
                .. correct.GroupBy(repetition => (repetition.Source, repetition.View.View)).OrderBy(group => group.Key.View).ThenBy(group => group.Key.Source, StringComparer.Ordinal)
                    .Select(group => new PackData(group.Key.Source, group.Key.View, group.Select(repetition => repetition.Session).Distinct(StringComparer.Ordinal).Count(), group.Count())),
            ]),
        };
    }

    /// <summary>Names the network in a file.</summary>
    public static Backbone Identify(string path, StGcnEncoder encoder) =>
        new($"{encoder.Description.Name} {encoder.Description.Version}", Path.GetFileName(path), Sha256(path));

    /// <summary>Checksum of a network's file in lower-case hexadecimal.</summary>
    internal static string Sha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static ViewModelState FitView(
        ExerciseDefinition definition,
        View view,
        CorrectRepetition[] correct,
        StGcnEncoder encoder,
        IReadOnlyDictionary<CorrectRepetition, double>? heldOutScores,
        FeaturePrior? measuresPrior,
        CancellationToken cancellationToken)
    {
        var names = definition.Measures[view];
        float[][] inputs = [.. correct.Select(repetition => SkeletonNormalization.ToNetworkInput(repetition.Skeleton, repetition.Repetition))];
        var joints = JointMask.Fit(inputs);
        inputs = Array.ConvertAll(inputs, joints.Apply);
        FeatureSample[] features = [.. inputs.Zip(correct, (input, repetition) => new FeatureSample(encoder.Features(input), repetition.Session))];
        MeasureVector[] vectors = [.. correct.Select(repetition => MeasureExtractor.Extract(repetition.Skeleton, repetition.Repetition, repetition.View, definition))];
        FeatureSample[] measures = [.. vectors.Zip(correct, (vector, repetition) => new FeatureSample(vector.Select(names), repetition.Session))];
        var network = heldOutScores is null
            ? Branch.Fit(ViewModel.NetworkBranch, features, cancellationToken: cancellationToken)
            : Branch.Fit(ViewModel.NetworkBranch, features, Array.ConvertAll(correct, repetition => heldOutScores[repetition]), cancellationToken: cancellationToken);
        return new ViewModelState(
            view,
            names,
            network.ToState(),
            Branch.Fit(ViewModel.MeasuresBranch, measures, prior: measuresPrior, cancellationToken: cancellationToken).ToState(),
            // Also of measures that are neither judged nor remarked on: together they tell faults apart.
            MeasureBands.Fit(vectors, [.. MeasureCatalogue.All.Where(measure => measure.Views.Contains(view)).Select(measure => measure.Name)]),
            PathTemplate.Fit(inputs),
            joints.Names);
    }
}
