using Spotter.Skeletons;

namespace Spotter.Evaluation;

/// <summary>All that one evaluation found, as it is written to a JSON file.</summary>
/// <param name="Exercise">Name of the exercise.</param>
/// <param name="Protocol">How training and test were divided.</param>
/// <param name="Results">One result for each view that was judged, and for other divisions of the same recordings.</param>
/// <param name="NotJudged">Repetitions that were found but seen from where the exercise has no measures, or from nobody knows where.</param>
public sealed record EvaluationReport(string Exercise, EvaluationProtocol Protocol, IReadOnlyList<EvaluationResult> Results, int NotJudged)
{
    /// <summary>The schema that this version writes.</summary>
    public const string CurrentSchema = "spotter-evaluation/2";

    /// <summary>Name and version of the document's schema.</summary>
    public string Schema { get; init; } = CurrentSchema;
}

/// <summary>What one evaluation found of repetitions seen from one side.</summary>
public sealed record EvaluationResult
{
    /// <summary>Name of the exercise.</summary>
    public required string Exercise { get; init; }

    /// <summary>How training and test were divided: <c>grouped</c>, <c>published</c> or <c>cross</c>, or a data set's own division in words.</summary>
    public required string Protocol { get; init; }

    /// <summary>From where the judged repetitions are seen; null when from several sides.</summary>
    public View? View { get; init; }

    /// <summary>Correct repetitions that were judged, each once.</summary>
    public required int CorrectRepetitions { get; init; }

    /// <summary>Incorrect repetitions that were judged, each once.</summary>
    public required int IncorrectRepetitions { get; init; }

    /// <summary>Recording sessions that they come from.</summary>
    public required int Sessions { get; init; }

    /// <summary>One result for each method that could be run.</summary>
    public required IReadOnlyList<MethodResult> Methods { get; init; }

    /// <summary>What each of Spotter's methods makes of few correct repetitions; empty where it was not asked for.</summary>
    public IReadOnlyList<MethodLearning> LearningCurves { get; init; } = [];
}

/// <summary>How one method did. Intervals are 95 % bootstraps over whole sessions.</summary>
public sealed record MethodResult
{
    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>Whether the figures are means of several methods, such as one method with the networks of several seeds.</summary>
    public bool IsMean { get; init; }

    /// <summary>Area under the ROC curve over all judged repetitions.</summary>
    public required Estimate RocAuc { get; init; }

    /// <summary>The same over pairs of one session, see <see cref="RankingMetrics.RocAucWithinSessions"/>; no value where no session holds both labels.</summary>
    public required Estimate WithinSessions { get; init; }

    /// <summary>Points of the ROC curve: the most that is found while at most so many correct repetitions are flagged.</summary>
    public required IReadOnlyList<MeasuredPoint> AtMeasured { get; init; }

    /// <summary>Equal error rate.</summary>
    public required Estimate EqualErrorRate { get; init; }

    /// <summary>The method's own verdict: a rule's, a classifier's, or the sign of the decision function without calibration.</summary>
    public required VerdictResult OwnVerdict { get; init; }

    /// <summary>Verdicts from calibrated p-values at several false-alarm rates; empty for a method without them.</summary>
    public required IReadOnlyList<VerdictResult> Calibrated { get; init; }

    /// <summary>What setting aside the repetitions to watch does; null for a method without p-values.</summary>
    public WatchResult? Watch { get; init; }

    /// <summary>The same at every threshold.</summary>
    public required EvaluationCurves Curves { get; init; }

    /// <summary>Verdicts on whole recordings at the first of the calibrated rates; null for a method without p-values, or where each recording is one repetition.</summary>
    public SetVerdicts? Sets { get; init; }

    /// <summary>The same by session, at the first of the calibrated rates.</summary>
    public required IReadOnlyList<SessionResult> BySession { get; init; }
}

/// <summary>A point of the ROC curve.</summary>
/// <param name="MostFalseAlarms">Share of the correct repetitions that may be flagged.</param>
/// <param name="FalseAlarmRate">Share that is flagged at the threshold which finds most.</param>
/// <param name="DetectionRate">Share of the incorrect repetitions that are found there.</param>
public sealed record MeasuredPoint(double MostFalseAlarms, Estimate FalseAlarmRate, Estimate DetectionRate);

/// <summary>Verdicts at 10 % when repetitions to watch, which lie between one and two times that rate, get none.</summary>
/// <param name="Judged">Share of the repetitions that still get a verdict.</param>
/// <param name="Wrong">Share of wrong verdicts among all.</param>
/// <param name="WrongAmongJudged">Share of wrong verdicts among those that still get one; null when none does.</param>
public sealed record WatchResult(double Judged, double Wrong, double? WrongAmongJudged);

/// <summary>How verdicts did.</summary>
/// <param name="TargetRate">The false-alarm rate asked for; null for a method's own verdict.</param>
/// <param name="FalseAlarmRate">Share of the correct repetitions that were flagged.</param>
/// <param name="DetectionRate">Share of the incorrect repetitions that were flagged (recall).</param>
/// <param name="Precision">Share of the flagged repetitions that are incorrect; null when none was flagged.</param>
/// <param name="F1">Harmonic mean of precision and recall of the incorrect repetitions; null when none is incorrect or flagged.</param>
/// <param name="WeightedF1">F1 of either label, weighted by how often it occurs; null when one of them is not defined.</param>
/// <param name="Right">Number of verdicts that agree with the label.</param>
/// <param name="Judged">Number of verdicts.</param>
public sealed record VerdictResult(
    double? TargetRate, Estimate FalseAlarmRate, Estimate DetectionRate, double? Precision, double? F1, double? WeightedF1, int Right, int Judged);

/// <summary>Verdicts within one session.</summary>
/// <param name="Session">The session.</param>
/// <param name="Correct">Correct repetitions judged.</param>
/// <param name="FalseAlarms">Correct repetitions flagged.</param>
/// <param name="Incorrect">Incorrect repetitions judged.</param>
/// <param name="Detected">Incorrect repetitions flagged.</param>
/// <param name="RocAuc">Area under the ROC curve within the session; null when it holds one label only.</param>
public sealed record SessionResult(string Session, int Correct, int FalseAlarms, int Incorrect, int Detected, double? RocAuc);
