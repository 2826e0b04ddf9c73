namespace Spotter.Words;

/// <summary>A sentence by its key and what fills its places, so that it can be said in any language, also later to somebody else.</summary>
/// <param name="Key">Key of the text, such as <c>reason.out-of-frame</c>.</param>
/// <param name="Parts">What fills its places, in order.</param>
public sealed record Sentence(string Key, params IReadOnlyList<SentencePart> Parts)
{
    /// <summary>The sentence in the language that is spoken.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text.</exception>
    public string Say() => Texts.Format(Key, [.. Parts.Select(part => part.Say())]);

    /// <summary>The same; null where this version has no such text, or the text has other places: a document of another version.</summary>
    public string? TrySay()
    {
        try
        {
            return Say();
        }
        catch (Exception exception) when (exception is KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}
