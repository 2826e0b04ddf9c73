using Spotter.Measures;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Explanation;

/// <summary>Writes findings: joint, time span, numbers and a sentence.</summary>
internal sealed class FindingWording(ViewModel model, JudgedRepetition judged, string exercise)
{
    // Nearer than this, correct repetitions reach the ideal: degrees, and torso lengths.
    private const double IdealDegrees = 5;
    private const double IdealLength = 0.05;

    // Straighter than this in the picture is straight, from the front: from the side the arms come towards the camera.
    private const double StraightDegrees = 175;

    private readonly string view = "." + judged.View.View.ToString().ToLowerInvariant();

    /// <summary>The finding on a cause.</summary>
    public Finding Write(Cause cause, Moment moment, double contribution)
    {
        var (measure, band) = (cause.Measure, cause.Band);
        var joint = BlamedJoints.First(cause);
        var advice = Advice(cause, joint);
        var inPicture = judged.View.View != View.Front || (measure.Ideal == 180 && band.High < StraightDegrees) ? Texts.Find($"measure.{measure.Name}.picture") : null;
        var evidence = Evidence(
            measure.Unit,
            inPicture ?? Texts.Get("measure." + measure.Name),
            MeasureAmounts.Value(measure, cause.Value, judged.View.View),
            MeasureAmounts.Range(measure, band.Low, band.High, judged.View.View));
        return new Finding(
            joint.Name(), moment.Phase.ToString().ToLowerInvariant(), moment.Start, moment.End, measure.Name, cause.Value, [band.Low, band.High], contribution, advice + evidence)
        {
            Advice = advice,
            Arms = measure.PerArm || measure.ComparesArms ? [.. cause.Sides.Select(side => side.ToString().ToLowerInvariant())] : null,
        };
    }

    /// <summary>The finding on a path that no measure describes.</summary>
    public Finding Write(OddPath odd, double contribution)
    {
        var mirrored = SkeletonNormalization.IsMirrored(judged.Skeleton, judged.Repetition);
        var joint = mirrored ? odd.Joint.Mirror() : odd.Joint;
        var plane = judged.Input.Length / 3;
        var frames = plane / Skeleton.JointCount;
        var (start, end) = (judged.Skeleton.Timestamps[judged.Repetition.StartFrame], judged.Skeleton.Timestamps[judged.Repetition.EndFrame - 1]);
        var (right, down, distance) = (0.0, 0.0, 0.0);
        for (var frame = odd.FromFrame; frame <= odd.ToFrame; frame++)
        {
            var at = (frame * Skeleton.JointCount) + (int)odd.Joint;
            var share = 1.0 / (odd.ToFrame - odd.FromFrame + 1);
            right += share * (model.Path.Mean[at] - judged.Input[at]) / SkeletonNormalization.TorsoWidth * (mirrored ? -1 : 1);
            down += share * (model.Path.Mean[plane + at] - judged.Input[plane + at]) / SkeletonNormalization.TorsoHeight;
            distance += share * model.Path.DistanceFromMean(judged.Input, odd.Joint, frame);
        }

        var reach = model.Path.Reach[(int)odd.Joint];
        var advice = PathWords.Advice(joint, judged.View, right, down);
        var evidence = distance > reach
            ? Evidence("torso lengths", Texts.Get("measure.path-distance"), Amounts.Text("torso lengths", distance), Texts.Format("range.at-most", Amounts.Text("torso lengths", reach)))
            : "";
        return new Finding(
            joint.Name(),
            "whole",
            double.Lerp(start, end, odd.FromFrame / (double)Math.Max(frames - 1, 1)),
            double.Lerp(start, end, odd.ToFrame / (double)Math.Max(frames - 1, 1)),
            "path-distance",
            distance,
            [0, reach],
            contribution,
            advice + evidence)
        {
            Advice = advice,
            Shift = [right, down],
        };
    }

    private static string Evidence(string unit, string what, string value, string range) =>
        Texts.Format(Amounts.IsEstimated(unit) ? "finding.evidence.estimated" : "finding.evidence", what, value, range);

    private string Advice(Cause cause, Joint joint)
    {
        var (part, side) = (cause.Measure.Part, cause.Sides.Count > 1 ? "both" : cause.Sides[0].ToString().ToLowerInvariant());
        var joints = cause.Sides.Count == 1 ? Texts.Get("joint." + joint.Name()) : Texts.Get($"part.{part}.both");
        return string.Format(Texts.Language, Sentence(cause), joints, Texts.Get("limb.arm." + side), Texts.Get("limb.hand." + side));
    }

    // What is said of this exercise before what is said of any; the ideal, such as fully straight arms, only where correct repetitions reach it.
    private string Sentence(Cause cause)
    {
        var key = $"finding.{cause.Measure.Name}.{(cause.IsLow ? "low" : "high")}";
        string[] forms = ReachesIdeal(cause) ? [".ideal", ""] : [""];
        return ((string[])["." + exercise, ""])
            .SelectMany(own => forms.SelectMany(form => (string[])[key + form + own + view, key + form + own]))
            .Select(Texts.Find).FirstOrDefault(text => text is not null) ?? Texts.Get(key);
    }

    private static bool ReachesIdeal(Cause cause)
    {
        var near = cause.Measure.Unit == "degrees" ? IdealDegrees : IdealLength;
        return cause.Measure.Ideal is { } ideal && ideal >= cause.Band.Low - near && ideal <= cause.Band.High + near;
    }
}
