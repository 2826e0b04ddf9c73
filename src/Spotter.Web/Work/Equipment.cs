using Spotter.Packs;
using Spotter.Poses;
using Spotter.Video;

namespace Spotter.Web.Work;

/// <summary>What a machine needs to judge clips. Without it a worker would fail one job after the other, so it is looked at before the first is claimed.</summary>
internal static class Equipment
{
    /// <summary>Looks whether there is what a server needs that leaves the judging to others: it looks at each clip that it takes.</summary>
    /// <exception cref="MissingToolException">ffprobe is not installed.</exception>
    public static void RequireProbe() => _ = Ffmpeg.Find("ffprobe");

    /// <summary>Looks whether everything is there.</summary>
    /// <param name="packs">The packs that are to judge.</param>
    /// <exception cref="MissingToolException">ffmpeg or a pose model is not installed.</exception>
    /// <exception cref="PackFormatException">There is no pack, or one cannot be used.</exception>
    public static void Require(PackCatalogue packs)
    {
        _ = (Ffmpeg.Find("ffmpeg"), Ffmpeg.Find("ffprobe"));
        if (PoseModels.Default().Problem() is { } problem)
        {
            throw new MissingToolException(problem, "pose models");
        }

        _ = packs.BackbonePath;
        if (packs.Names.Count == 0)
        {
            throw new PackFormatException($"There is no exercise pack in {packs.Folder}: name a folder that holds some with --packs or SPOTTER_PACKS, or make one with spotter train.");
        }

        foreach (var name in packs.Names)
        {
            packs.Load(name);
        }
    }
}
