using Spotter.Repetitions;
using Spotter.Skeletons;
using Spotter.Synthesis;

namespace Spotter.Bench.Mannequins;

/// <summary>One repetition of the mannequin as Spotter would meet it: seen by an estimator that errs, cleaned, and cut out of its set.</summary>
/// <param name="Set">The set, with the exact joints, times and faults.</param>
/// <param name="Index">Which repetition of the set it is, counted from 0.</param>
/// <param name="Person">Number of the person: repetitions of one person share body, style and camera.</param>
/// <param name="Cleaned">The cleaned sequence.</param>
/// <param name="View">From where it is seen, as Spotter estimates it.</param>
/// <param name="Repetition">The frames that Spotter cut out.</param>
internal sealed record MannequinRepetition(
    MannequinSequence Set, int Index, int Person, SkeletonSequence Cleaned, ViewEstimate View, Repetition Repetition);
