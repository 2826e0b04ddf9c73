using Spotter.Exercises;
using Spotter.Measures;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Web.Coaching;

/// <summary>Makes the definition of an exercise out of good examples alone: what goes up and down most in all of them is what repetitions are cut by.</summary>
internal static class DefinitionFinder
{
    private const double LeastSwing = 0.25;
    private const double LeastDegrees = 30;
    private const double DegreesLikeATorso = 120;

    // A repetition that moves less than this share of the smallest example is another movement.
    private const double LeastShare = 0.35;

    private static readonly RepetitionSignal[] Signals =
    [
        .. from joints in new[] { ("wrist", "shoulder"), ("wrist", "elbow"), ("elbow", "shoulder"), ("hip", "ankle"), ("shoulder", "hip"), ("knee", "hip") }
           from direction in Enum.GetValues<SignalDirection>()
           select new RepetitionSignal(SignalKind.Height, joints.Item1, joints.Item2, direction, LeastSwing),
        .. from joint in new[] { "elbow", "knee" }
           from direction in Enum.GetValues<SignalDirection>()
           select new RepetitionSignal(SignalKind.Angle, joint, null, direction, LeastDegrees),
    ];

    // On what a judgement rests; few, as each one more makes good repetitions of a stranger look odder.
    private static readonly string[] OfArms =
        ["elbow-extension-degrees", "elbow-flexion-degrees", "elbow-height-bottom", "wrist-height-bottom", "wrist-height-top", "asymmetry-degrees", "trunk-sway-degrees"];

    private static readonly string[] OfLegs = ["hip-travel", "knee-drive-degrees", "trunk-from-upright-degrees", "trunk-sway-degrees", "seconds-down"];

    /// <summary>Finds the definition.</summary>
    /// <param name="name">Name of the exercise.</param>
    /// <param name="tracks">Good examples.</param>
    /// <param name="tooSmall">What to say of a movement that is much smaller than the examples.</param>
    /// <returns>The definition; null when nothing in the examples repeats.</returns>
    public static ExerciseDefinition? Find(string name, IReadOnlyList<FollowedTrack> tracks, string tooSmall)
    {
        FollowedTrack[] seen = [.. tracks.Where(track => track.View is not null)];
        var best = Signals.Select(signal => Try(signal, seen)).Where(found => found.Clips > 0)
            .OrderByDescending(found => found.Clips)
            .ThenByDescending(found => Math.Round(found.Swing, 1))
            .ThenByDescending(found => found.Repetitions)
            .FirstOrDefault();
        return best is null ? null : Describe(name, best.Signal, seen, tooSmall);
    }

    /// <summary>Cuts the examples into repetitions.</summary>
    public static IEnumerable<(FollowedTrack Track, Repetition Repetition)> Cut(ExerciseDefinition definition, IEnumerable<FollowedTrack> tracks) =>
        from track in tracks
        where track.View is not null
        from repetition in RepetitionSegmenter.Segment(track.Skeleton, track.View!.Value, definition).Repetitions
        select (track, repetition);

    private static Candidate Try(RepetitionSignal signal, FollowedTrack[] tracks)
    {
        var (clips, repetitions, swings) = (0, 0, new List<double>());
        foreach (var track in tracks)
        {
            var set = RepetitionSegmenter.Segment(track.Skeleton, track.View!.Value, Draft("draft", signal));
            if (set.Repetitions.Count == 0)
            {
                continue;
            }

            (clips, repetitions) = (clips + 1, repetitions + set.Repetitions.Count);
            swings.AddRange(set.Repetitions.Select(repetition => set.Signal[repetition.TurningFrame] - set.Signal[repetition.StartFrame]));
        }

        swings.Sort();
        var middle = swings.Count == 0 ? 0 : swings[swings.Count / 2];
        return new Candidate(signal, clips, repetitions, signal.Kind == SignalKind.Angle ? middle / DegreesLikeATorso : middle);
    }

    private static ExerciseDefinition Describe(string name, RepetitionSignal signal, FollowedTrack[] tracks, string tooSmall)
    {
        var ofArms = signal.Joint is "wrist" or "elbow";
        var draft = Draft(name, signal);
        var taken = Cut(draft, tracks).Select(cut => MeasureExtractor.Extract(cut.Track.Skeleton, cut.Repetition, cut.Track.View!.Value, draft)).ToList();
        var (measures, remarks) = (new Dictionary<View, IReadOnlyList<string>>(), new Dictionary<View, IReadOnlyList<string>>());
        foreach (var view in taken.GroupBy(vector => vector.View))
        {
            string[] known = [.. MeasureCatalogue.All.Where(measure => measure.Views.Contains(view.Key)).Select(measure => measure.Name).Where(measure => view.All(vector => !double.IsNaN(vector[measure])))];
            string[] judged = [.. known.Where((ofArms ? OfArms : OfLegs).Contains)];
            if (judged.Length > 0)
            {
                measures[view.Key] = judged;
                remarks[view.Key] = [.. known.Except(judged)];
            }
        }

        var size = ofArms ? "range-of-motion" : "hip-travel";
        double[] sizes = [.. taken.Select(vector => vector[size]).Where(value => !double.IsNaN(value) && value > 0)];
        return draft with
        {
            Measures = measures,
            Remarks = remarks,
            Limits = sizes.Length == 0 ? [] : [new MeasureLimit(size, Math.Round(LeastShare * sizes.Min(), 3), null, tooSmall)],
        };
    }

    private static ExerciseDefinition Draft(string name, RepetitionSignal signal) => new()
    {
        Name = name,
        Signal = signal,
        Measures = new Dictionary<View, IReadOnlyList<string>>(),
        Limits = [],
        RequiredJoints = signal.Joint is "wrist" or "elbow" ? ["shoulder", "elbow", "wrist", "hip"] : ["shoulder", "hip", "knee"],
    };

    private sealed record Candidate(RepetitionSignal Signal, int Clips, int Repetitions, double Swing);
}
