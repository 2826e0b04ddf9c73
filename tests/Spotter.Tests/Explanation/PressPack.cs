using Spotter.Exercises;
using Spotter.Packs;
using Spotter.Repetitions;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.StGcn;

namespace Spotter.Tests.Explanation;

/// <summary>A pack that rests on stick figures that press correctly, from the front and from the side; fitted once.</summary>
[CollectionDefinition(nameof(PressPack))]
public sealed class PressPack : ICollectionFixture<PressPack>, IDisposable
{
    public static readonly ExerciseDefinition Press = ExerciseDefinition.Load("shoulder-press");

    private readonly StGcnEncoder encoder = StGcnEncoder.Load(Path.Combine(SharedData.Repository, "models", PackCatalogue.BackboneFile));

    public PressPack() => Pack = PackFitting.Fit(
        Press,
        [.. new[] { 0.0, 78 }.SelectMany(azimuth => Enumerable.Range(0, 12).SelectMany(person => Correct(azimuth, person)))],
        encoder, new Backbone("test", "test", ""), "test", "test");

    public ExercisePack Pack { get; }

    /// <summary>A correct press; people differ a little.</summary>
    internal static PressFigure Figure(double azimuth, int person) => new()
    {
        AzimuthDegrees = azimuth + (person % 4),
        TopDegrees = 168 + (person % 5),
        BottomDegrees = 58 + (person % 7),
        ForwardDegrees = 27 + (person % 6),
        LeanDegrees = person % 3,
        LeftShortDegrees = person % 3,
        SecondsPerRepetition = 1.8 + (0.1 * (person % 5)),
        Repetitions = 1,
    };

    internal JudgedRepetition Judge(PressFigure figure, out RepetitionJudge judge)
    {
        var (skeleton, view, repetition) = Cut(figure);
        judge = new RepetitionJudge(Pack, view, encoder, Method.Fused);
        return judge.Judge(skeleton, repetition);
    }

    public void Dispose() => encoder.Dispose();

    private static IEnumerable<CorrectRepetition> Correct(double azimuth, int person)
    {
        var (skeleton, view, repetition) = Cut(Figure(azimuth, person));
        yield return new CorrectRepetition(skeleton, repetition, view, "figures", $"{person}");
    }

    private static (SkeletonSequence Skeleton, ViewEstimate View, Repetition Repetition) Cut(PressFigure figure)
    {
        var skeleton = SkeletonCleaning.Clean(figure.Render());
        var view = ViewEstimator.Estimate(skeleton)!.Value;
        return (skeleton, view, RepetitionSegmenter.Segment(skeleton, view, Press).Repetitions[0]);
    }
}
