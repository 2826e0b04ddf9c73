using System.Numerics;
using Spotter.Video;

namespace Spotter.Poses;

/// <summary>A person as the detector sees one, in pixels of the picture.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Minimum">Upper left corner of the box (around face and shoulders).</param>
/// <param name="Maximum">Lower right corner of the box.</param>
/// <param name="Hips">Middle of the hips.</param>
/// <param name="Above">Point straight above the hips, for an upright body, on a circle round the whole body.</param>
internal readonly record struct PersonDetection(float Score, Vector2 Minimum, Vector2 Maximum, Vector2 Hips, Vector2 Above)
{
    public RegionOfInterest Region => RegionOfInterest.FromAlignment(Hips, Above);

    public float Overlap(in PersonDetection other)
    {
        var common = Vector2.Max(Vector2.Min(Maximum, other.Maximum) - Vector2.Max(Minimum, other.Minimum), Vector2.Zero);
        var intersection = common.X * common.Y;
        var union = Area + other.Area - intersection;
        return union > 0 ? intersection / union : 0;
    }

    private float Area => Math.Max(Maximum.X - Minimum.X, 0) * Math.Max(Maximum.Y - Minimum.Y, 0);
}

/// <summary>
/// BlazePose's detector of persons: a single-shot network over a fixed set of anchors, whose overlapping answers are averaged by their scores.
/// </summary>
/// <remarks>V. Bazarevsky et al., "BlazePose: On-device Real-time Body Pose tracking", 2020; anchors and blending from "BlazeFace", 2019.</remarks>
internal sealed class PersonDetector(BlazePoseNetworks networks, float minimumScore) : IDisposable
{
    public const int Side = 224;

    private const int NumbersPerBox = 12;
    private const float MinimumOverlap = 0.3f;
    private const float LargestLogit = 100;

    private static readonly Vector2[] Anchors = MakeAnchors();

    private readonly NetworkRun run = new(networks.Detector);
    private readonly List<PersonDetection> candidates = [];

    /// <summary>Looks at the whole picture.</summary>
    /// <returns>The people found, best score first.</returns>
    public IReadOnlyList<PersonDetection> Detect(YuvPicture picture)
    {
        // The picture fills a square in whose middle it lies, black elsewhere.
        var whole = new RegionOfInterest(new Vector2(picture.Width, picture.Height) / 2, Math.Max(picture.Width, picture.Height), 0);
        RegionSampler.Sample(picture, whole, run.Input, Side, -1, 1, Surroundings.Black);
        run.Execute();
        Decode(whole);
        return Blend();
    }

    public void Dispose() => run.Dispose();

    private static Vector2[] MakeAnchors()
    {
        var anchors = new List<Vector2>();
        foreach (var (stride, perCell) in ((int, int)[])[(8, 2), (16, 2), (32, 6)]) // three layers of stride 32 with two anchors each
        {
            var cells = Side / stride;
            for (var cell = 0; cell < cells * cells; cell++)
            {
                var center = new Vector2((cell % cells) + 0.5f, (cell / cells) + 0.5f) / cells;
                anchors.AddRange(Enumerable.Repeat(center, perCell));
            }
        }

        return [.. anchors];
    }

    private void Decode(RegionOfInterest whole)
    {
        candidates.Clear();
        var boxes = run.Output("Identity"); // 2254 × 12
        var logits = run.Output("Identity_1");
        for (var i = 0; i < Anchors.Length; i++)
        {
            var score = 1 / (1 + MathF.Exp(-Math.Clamp(logits[i], -LargestLogit, LargestLogit)));
            if (!(score >= minimumScore))
            {
                continue;
            }

            var box = boxes.AsSpan(i * NumbersPerBox, NumbersPerBox);
            var anchor = Anchors[i];
            var center = anchor + (new Vector2(box[0], box[1]) / Side);
            var half = new Vector2(box[2], box[3]) / (2 * Side);
            candidates.Add(new PersonDetection(
                score,
                whole.ToPicture(center - half),
                whole.ToPicture(center + half),
                whole.ToPicture(anchor + (new Vector2(box[4], box[5]) / Side)),
                whole.ToPicture(anchor + (new Vector2(box[6], box[7]) / Side))));
        }

        candidates.Sort((a, b) => b.Score.CompareTo(a.Score));
    }

    // Non-maximum suppression that averages instead of discarding.
    private List<PersonDetection> Blend()
    {
        var people = new List<PersonDetection>();
        while (candidates.Count > 0)
        {
            var best = candidates[0];
            var (weight, minimum, maximum, hips, above) = (0f, Vector2.Zero, Vector2.Zero, Vector2.Zero, Vector2.Zero);
            candidates.RemoveAll(other =>
            {
                if (other != best && !(best.Overlap(other) > MinimumOverlap))
                {
                    return false;
                }

                weight += other.Score;
                minimum += other.Score * other.Minimum;
                maximum += other.Score * other.Maximum;
                hips += other.Score * other.Hips;
                above += other.Score * other.Above;
                return true;
            });
            people.Add(new PersonDetection(best.Score, minimum / weight, maximum / weight, hips / weight, above / weight));
        }

        return people;
    }
}
