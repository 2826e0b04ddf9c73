using System.Globalization;
using Spotter.Packs;
using Spotter.Web.Clips;

namespace Spotter.Web.Coaching;

/// <summary>Where the pack of an exercise that a coach taught lies in the clip store, so that it can judge on other machines.</summary>
/// <param name="Exercise">Name of the exercise.</param>
/// <param name="Version">Number of the version.</param>
/// <param name="Job">The training that made it.</param>
/// <param name="Attempt">The attempt that was committed.</param>
internal sealed record TaughtPack(string Exercise, int Version, string Job, string Attempt)
{
    /// <summary>Name of a pack among the files of a training.</summary>
    public const string File = "pack.json";

    /// <summary>What a version calls itself in reports.</summary>
    public static string Name(int version) => string.Create(CultureInfo.InvariantCulture, $"coach.{version}");

    /// <summary>Brings the pack to this machine.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    public async Task<ExercisePack> FetchAsync(IClipStore clips, string scratch, CancellationToken cancellationToken) =>
        // A training does not know yet which number it will get.
        ExercisePack.Read(await clips.FetchAsync(new ClipName(Job, Attempt, File), scratch, cancellationToken)) with { Version = Name(Version) };
}
