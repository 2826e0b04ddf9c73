using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Repetitions;
using Spotter.Skeletons;

namespace Spotter.Scoring;

/// <summary>Movements of an exercise that do not go far enough to count as repetitions: whoever does half repetitions is to be told so.</summary>
/// <param name="Swings">The movements in order; at least one.</param>
/// <param name="Share">How far they go, as a share of a usual repetition, 0 to 1.</param>
public sealed record SmallMovements(IReadOnlyList<Repetition> Swings, double Share)
{
    // How much smaller than what counts a swing may be to be spoken of. Below a tenth of a usual one it may be the jitter of the joints.
    private const double ProminenceShare = 0.4;
    private const double LeastShare = 0.1;

    // What goes farther is not small: something else is wrong with it.
    private const double MostShare = 0.7;

    // Where nothing counts, only a set tells the exercise: several movements, of which none is less than this share of the largest.
    private const int FewestAlone = 2;
    private const double AlikeShare = 0.5;

    /// <summary>Looks for them beside the repetitions that count.</summary>
    /// <param name="pack">The pack of the exercise.</param>
    /// <param name="skeleton">The cleaned sequence.</param>
    /// <param name="view">From where it is seen.</param>
    /// <param name="movement">What the exercise makes of the movement.</param>
    /// <returns>Null where there are none, or where the pack does not know how far a repetition goes in this view.</returns>
    public static SmallMovements? Find(ExercisePack pack, SkeletonSequence skeleton, ViewEstimate view, Movement movement)
    {
        var (exercise, signal) = (pack.Definition, pack.Definition.Signal);
        if (pack.Find(view.View)?.Path.Swing(signal) is not { } usual)
        {
            return null;
        }

        var finer = exercise with { Signal = signal with { MinimumProminence = ProminenceShare * signal.MinimumProminence } };
        var set = RepetitionSegmenter.Segment(skeleton, view, finer);
        IReadOnlyList<Repetition> counted = movement.Misfit is null ? movement.Set.Repetitions : [];
        Repetition[] others = [.. set.Repetitions.Where(swing => !counted.Any(repetition => Holds(repetition, swing.TurningFrame)))];
        var fit = ExerciseFit.Check(skeleton, view, exercise, others);
        Repetition[] small = [.. fit.Repetitions.Concat(fit.HalfDone).Where(swing => Size(swing) is var size && size >= LeastShare * usual && size <= MostShare * usual).OrderBy(swing => swing.StartFrame)];
        if (small.Length == 0 || (counted.Count == 0 && (small.Length < FewestAlone || small.Min(Size) < AlikeShare * small.Max(Size))))
        {
            return null;
        }

        return new SmallMovements(small, small.Average(Size) / usual);

        double Size(Repetition swing) => set.Signal[swing.TurningFrame] - Math.Max(set.Signal[swing.StartFrame], set.Signal[swing.EndFrame - 1]);
    }

    /// <summary>Whether a swing is one of them.</summary>
    public bool Include(Repetition swing) => Swings.Any(small => Holds(swing, small.TurningFrame));

    private static bool Holds(Repetition repetition, int frame) => frame >= repetition.StartFrame && frame < repetition.EndFrame;
}
