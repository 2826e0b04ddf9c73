using System.Collections.Concurrent;
using Spotter.OneClass;
using Spotter.Packs;
using Spotter.Scoring;
using Spotter.StGcn;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;

namespace Spotter.Web.Work;

/// <summary>How a pack judges the clips on which all who labelled them agree; they were followed once, so that this takes moments.</summary>
internal sealed class LabelledClips(IJobStore jobs, IClipStore clips, CoachBook book, PackCatalogue packs)
{
    private const int Most = 60;
    private const int MostKept = 2_000;
    private const int AtOnce = 8;

    // What a version says of a clip never changes, as neither ever does.
    private readonly ConcurrentDictionary<(string Exercise, string Version, string Job), bool?> known = new();

    /// <summary>Tries a pack.</summary>
    /// <param name="exercise">Name of the exercise.</param>
    /// <param name="pack">A pack of it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>For each clip of the exercise, newest labels last; the newest sixty.</returns>
    public async Task<IReadOnlyList<LabelledResult>> TryAsync(string exercise, ExercisePack pack, CancellationToken cancellationToken)
    {
        var results = new List<LabelledResult>();
        StGcnEncoder? encoder = null;
        try
        {
            // Several are read at once, as stores elsewhere take their time to answer.
            foreach (var some in book.Agreed().Reverse().Chunk(AtOnce).TakeWhile(_ => results.Count < Most))
            {
                var found = await Task.WhenAll(some.Select(said => ReadAsync(exercise, pack, said.Job, cancellationToken)));
                foreach (var ((id, label), clip) in some.Zip(found))
                {
                    if (clip is not { } read || results.Count == Most)
                    {
                        continue;
                    }

                    var key = (exercise, pack.Version, id);
                    if (!known.TryGetValue(key, out var flagged) && packs.Fits(pack) && read.Track is { } track)
                    {
                        encoder ??= StGcnEncoder.Load(packs.BackbonePath);
                        flagged = Flags(pack, encoder, track);
                        if (known.Count < MostKept)
                        {
                            known[key] = flagged;
                        }
                    }

                    results.Add(new LabelledResult(id, read.Title, label == SetLabel.Incorrect, flagged));
                }
            }

            results.Reverse();
            return results;
        }
        finally
        {
            encoder?.Dispose();
        }
    }

    // A clip of the exercise, and its track unless what the pack says of it is known or cannot be; null for other clips.
    private async Task<(string Title, FollowedTrack? Track)?> ReadAsync(string exercise, ExercisePack pack, string id, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(id, cancellationToken) is not { Kind: ClipRequest.Kind } job || ClipOutcome.Of(job) is not { } outcome || outcome.Exercise != exercise)
        {
            return null;
        }

        var track = known.ContainsKey((exercise, pack.Version, id)) || !packs.Fits(pack) ? null : await FollowedTrack.ReadAsync(clips, id, outcome.Attempt, cancellationToken);
        return (ClipRequest.Of(job).Title, track);
    }

    /// <summary>Whether a pack calls a clip incorrect; null where it does not know the view.</summary>
    public static bool? Flags(ExercisePack pack, StGcnEncoder encoder, FollowedTrack track)
    {
        if (track.View is not { } view || pack.Find(view.View) is null)
        {
            return null;
        }

        var judge = new RepetitionJudge(pack, view, encoder, Method.Fused);
        double[] pValues = [.. DefinitionFinder.Cut(pack.Definition, [track]).Select(cut => judge.Judge(track.Skeleton, cut.Repetition).Score.PValue(Method.Fused))];
        return pValues.Length > 0 && judge.Grade(SetTest.PValue(pValues)).Verdict == Verdict.Incorrect;
    }
}

/// <summary>How a version judges a clip that people labelled.</summary>
/// <param name="Id">The clip.</param>
/// <param name="Title">What it is called.</param>
/// <param name="IsIncorrect">Whether all who labelled it call it incorrect; else all call it correct.</param>
/// <param name="IsFlagged">Whether the version flags it; null where it does not know the view, or is outdated.</param>
internal sealed record LabelledResult(string Id, string Title, bool IsIncorrect, bool? IsFlagged);
