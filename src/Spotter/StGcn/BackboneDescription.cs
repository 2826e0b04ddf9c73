namespace Spotter.StGcn;

/// <summary>What a backbone file tells about itself: kept in its metadata, and named by the packs that rest on it.</summary>
/// <param name="Name">Short name, such as <c>st-gcn-press</c>.</param>
/// <param name="Version">Version of the weights: features of different versions must never be compared.</param>
/// <param name="Preprocessing">How the input was made, such as <c>body-frame/1</c>: <see cref="Skeletons.SkeletonNormalization"/>.</param>
/// <param name="Training">One sentence on where the weights come from.</param>
public sealed record BackboneDescription(string Name, string Version, string Preprocessing, string Training)
{
    /// <summary>The preprocessing that <see cref="Skeletons.SkeletonNormalization"/> does.</summary>
    public const string BodyFramePreprocessing = "body-frame/1";

    private const string Prefix = "spotter.";

    /// <summary>As entries of a model's metadata.</summary>
    public IReadOnlyDictionary<string, string> ToNotes() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [Prefix + "name"] = Name,
        [Prefix + "version"] = Version,
        [Prefix + "preprocessing"] = Preprocessing,
        [Prefix + "training"] = Training,
    };

    /// <summary>From the entries of a model's metadata; null where they are not those of a backbone.</summary>
    public static BackboneDescription? FromNotes(IReadOnlyDictionary<string, string> notes) =>
        notes.TryGetValue(Prefix + "name", out var name)
        && notes.TryGetValue(Prefix + "version", out var version)
        && notes.TryGetValue(Prefix + "preprocessing", out var preprocessing)
            ? new BackboneDescription(name, version, preprocessing, notes.GetValueOrDefault(Prefix + "training", string.Empty))
            : null;
}
