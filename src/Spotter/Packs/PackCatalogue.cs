using System.Collections.Concurrent;

namespace Spotter.Packs;

/// <summary>The exercise packs in one folder, and the backbone they share.</summary>
/// <param name="folder">Folder with <c>*.pack.json</c> and <c>backbone.onnx</c>.</param>
public sealed class PackCatalogue(string folder)
{
    /// <summary>Ending of a pack's file name.</summary>
    public const string Suffix = ".pack.json";

    /// <summary>File name of the feature network beside the packs.</summary>
    public const string BackboneFile = "backbone.onnx";

    // Every clip whose exercise is not named is held against all packs; a file that was written anew is read anew.
    private readonly ConcurrentDictionary<string, (DateTime Written, long Length, ExercisePack Pack)> read = new(StringComparer.Ordinal);

    private string? backboneSha256;

    /// <summary>The catalogue that ships with Spotter: the folder in <c>SPOTTER_PACKS</c>, else <c>models</c> beside or above the program.</summary>
    public static PackCatalogue Default => new(Environment.GetEnvironmentVariable("SPOTTER_PACKS") ?? FindShipped());

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Names of the exercises for which there is a pack, in alphabetical order.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*" + Suffix).Select(path => Path.GetFileName(path)[..^Suffix.Length]).Order(StringComparer.Ordinal)];

    /// <summary>The feature network that the packs share.</summary>
    /// <exception cref="PackFormatException">It is not there.</exception>
    public string BackbonePath => Path.Combine(folder, BackboneFile) is var path && File.Exists(path)
        ? path
        : throw new PackFormatException($"The feature network {path} is missing: reinstall Spotter, or point SPOTTER_PACKS at a folder that holds it.");

    /// <summary>Checksum of the feature network, see <see cref="Backbone.Sha256"/>.</summary>
    /// <exception cref="PackFormatException">The network is not there.</exception>
    public string BackboneSha256 => backboneSha256 ??= PackFitting.Sha256(BackbonePath);

    /// <summary>Path of the pack of an exercise, there or not.</summary>
    public string PathOf(string exercise) => Path.Combine(folder, exercise + Suffix);

    /// <summary>Reads the pack of an exercise.</summary>
    /// <exception cref="PackFormatException">There is none of that name, or it cannot be used.</exception>
    public ExercisePack Load(string exercise) => Names.Contains(exercise, StringComparer.Ordinal)
        ? Read(PathOf(exercise))
        : throw new PackFormatException($"There is no pack for \"{exercise}\" in {folder}. There are: {(Names.Count == 0 ? "none" : string.Join(", ", Names))}.");

    /// <summary>Whether a pack was learnt with the feature network that is here; with another it cannot judge.</summary>
    /// <exception cref="PackFormatException">The network is not there.</exception>
    public bool Fits(ExercisePack pack) => pack.Backbone.Sha256 == BackboneSha256;

    /// <summary>The packs that can be used. One that cannot (damaged, of another version, learnt with another network) does not keep the others from judging.</summary>
    /// <param name="unusable">What is wrong with each of the others, by exercise.</param>
    /// <exception cref="PackFormatException">None can be used; what is wrong with the first.</exception>
    public IReadOnlyList<ExercisePack> LoadUsable(out IReadOnlyDictionary<string, PackFormatException> unusable)
    {
        var packs = new List<ExercisePack>();
        var failures = new SortedDictionary<string, PackFormatException>(StringComparer.Ordinal);
        foreach (var name in Names)
        {
            try
            {
                packs.Add(Load(name));
            }
            catch (PackFormatException e)
            {
                failures[name] = e;
            }
        }

        unusable = failures;
        return packs.Count > 0 || failures.Count == 0 ? packs : throw failures.First().Value;
    }

    private ExercisePack Read(string path)
    {
        var file = new FileInfo(path);
        var (written, length) = (file.LastWriteTimeUtc, file.Exists ? file.Length : 0);
        if (!read.TryGetValue(path, out var known) || known.Written != written || known.Length != length)
        {
            var pack = ExercisePack.Read(path);
            if (!Fits(pack))
            {
                throw new PackFormatException($"{path} was learnt with another feature network ({pack.Backbone.Name}) than {BackbonePath}: train the pack again.");
            }

            known = (written, length, pack);
            read[path] = known;
        }

        return known.Pack;
    }

    private static string FindShipped()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var models = Path.Combine(at.FullName, "models");
            if (Directory.Exists(models))
            {
                return models;
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "models");
    }
}
