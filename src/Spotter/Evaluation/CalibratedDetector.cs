using Spotter.OneClass;

namespace Spotter.Evaluation;

/// <summary>Some one-class detector fitted on all sessions, and one without each, against whose scores a repetition is held: calibrated as Spotter's own are.</summary>
public sealed class CalibratedDetector
{
    private readonly Func<double[], double> all;
    private readonly Func<double[], double>[] heldOut;
    private readonly ConformalCalibration calibration;

    /// <summary>Fits the detectors.</summary>
    /// <param name="samples">Correct repetitions, n × d numbers in their own units; NaN where a measure is missing.</param>
    /// <param name="sessions">Number of the session of each, from 0 on.</param>
    /// <param name="fit">Learns from some of the samples and the numbers of their sessions, and gives back what scores others: the lower, the odder.</param>
    public CalibratedDetector(double[][] samples, int[] sessions, Func<double[][], int[], Func<double[], double>> fit)
    {
        // A single session is left out repetition by repetition, as for the one-class SVM.
        int[] folds = sessions.Distinct().Count() > 1 ? sessions : [.. Enumerable.Range(0, sessions.Length)];
        all = fit(samples, sessions);
        heldOut =
        [
            .. Enumerable.Range(0, folds.Length == 0 ? 0 : folds.Max() + 1).Select(left =>
                fit([.. samples.Where((_, i) => folds[i] != left)], [.. sessions.Where((_, i) => folds[i] != left)])),
        ];
        calibration = new ConformalCalibration([.. folds.Select((fold, i) => heldOut[fold](samples[i]))], sessions, folds);
    }

    /// <summary>Judges a repetition; its own verdict is that at 10 %.</summary>
    public Judgement Judge(double[] features)
    {
        double[] scores = [.. heldOut.Select(score => score(features))];
        var p = calibration.PValue(scores.AsSpan());
        return new Judgement(all(features), p <= 0.1, p);
    }
}
