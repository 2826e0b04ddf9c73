using Spotter.Measures;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>A repetition of the mannequin and what Spotter says about it, to be held against the truth.</summary>
/// <param name="Exercise">The exercise.</param>
/// <param name="Repetition">The repetition.</param>
/// <param name="Report">What Spotter says.</param>
internal sealed record ExplainedFault(MannequinExercise Exercise, MannequinRepetition Repetition, RepetitionReport Report)
{
    /// <summary>Whether it is correct once the blamed part moves as in the same person's correct repetition, and the share of the other parts for which that holds.</summary>
    public (bool Blamed, double Others)? Restored { get; init; }

    /// <summary>Whether it was judged incorrect.</summary>
    public bool IsFlagged => Report.Verdict == Verdict.Incorrect;

    /// <summary>The fault; of a repetition with one.</summary>
    public FaultSpan Truth => Repetition.Set.Faults.First(fault => fault.Repetition == Repetition.Index + 1);

    /// <summary>Whether it is judged incorrect even when only 5 % of correct repetitions may be.</summary>
    public bool IsFlaggedStrictly => Report.PValue <= 0.05 + 1e-9;

    /// <summary>Overlap in time (intersection over union) of the first finding that is right, in its joint at least, with the fault.</summary>
    public double Overlap
    {
        get
        {
            var finding = Report.Findings.Where((_, index) => IsRight(index)).Concat(Report.Findings.Where((_, index) => HasJoint(index))).First();
            var both = Math.Min(finding.EndSeconds, Truth.EndSeconds) - Math.Max(finding.StartSeconds, Truth.StartSeconds);
            var either = Math.Max(finding.EndSeconds, Truth.EndSeconds) - Math.Min(finding.StartSeconds, Truth.StartSeconds);
            return Math.Max(0, both) / either;
        }
    }

    /// <summary>Whether one of the first findings has the right kind and the right joint.</summary>
    public bool IsRight(int index, int count = 1) => Enumerable.Range(index, count).Any(at => HasKind(at) && HasJoint(at));

    /// <summary>Whether a finding is of the kind of the fault: its measure lies on the side that the fault drives it to.</summary>
    public bool HasKind(int index)
    {
        if (index >= Report.Findings.Count || MeasureCatalogue.Find(Report.Findings[index].Measure) is not { } measure)
        {
            return false;
        }

        var finding = Report.Findings[index];
        var isLow = finding.Value < finding.Expected[0];
        if (Exercise != MannequinExercises.ShoulderPress)
        {
            return Exercise.MeasuresOf(Truth.Fault.Kind, Repetition.View.View).Contains(measure.Name) && isLow == Lowers(measure, Truth.Fault.Kind);
        }

        // One arm that stops short of straight is a difference between the arms, and the other way round.
        var said = isLow ? measure.FaultBelow : measure.FaultAbove;
        return said == Truth.Fault.Scale.Name || (Truth.Fault.Side is not null && said is "no-lockout" or "asymmetry" && Truth.Fault.Scale.Name is "no-lockout" or "asymmetry");
    }

    // Of the measures that can be wrong on either side, only elbows that are bent when they should not be have too low a value.
    private static bool Lowers(Measure measure, FaultKind kind) =>
        measure.Faulty == FaultyValues.Low || (measure.Faulty == FaultyValues.Both && kind == FaultKind.NoLockout);

    /// <summary>Whether a finding blames a joint that the fault concerns most: of a fault of both sides either side's, of the trunk any of it.</summary>
    public bool HasJoint(int index)
    {
        if (index >= Report.Findings.Count || !Skeleton.TryParse(Report.Findings[index].Joint, out var joint))
        {
            return false;
        }

        var first = Truth.Joints[0];
        return joint == first
            || (Truth.Fault.Side is null && joint == first.Mirror())
            || (first == Joint.Neck && joint is Joint.RightShoulder or Joint.LeftShoulder or Joint.Nose)
            || (first is Joint.RightKnee && joint is Joint.RightHip or Joint.LeftHip);
    }
}
