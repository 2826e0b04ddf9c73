using System.Text;

namespace Spotter.Web.Firebase.Database;

/// <summary>A place in the tree of a Realtime Database. Made of checked keys only.</summary>
public sealed record DatabasePath
{
    private const int LongestKey = 768;
    private const string Forbidden = ".$#[]/";

    private readonly string text;

    private DatabasePath(string text) => this.text = text;

    /// <summary>The whole database.</summary>
    public static DatabasePath Root { get; } = new("");

    /// <summary>A place written with slashes, such as <c>spotter/jobs</c>.</summary>
    /// <exception cref="ArgumentException">A key in it is not allowed.</exception>
    public static DatabasePath Parse(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(Root, (parent, key) => parent.Child(key));

    /// <summary>Whether a text may be a key: not empty, at most 768 bytes of UTF-8, and none of <c>. $ # [ ] /</c> or a control character in it.</summary>
    public static bool IsKey(string text) => text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= LongestKey
        && !text.Any(letter => letter is < ' ' or '\u007f' || Forbidden.Contains(letter, StringComparison.Ordinal));

    /// <summary>The node of a key below this one.</summary>
    /// <exception cref="ArgumentException">The key is not allowed.</exception>
    public DatabasePath Child(string key) => IsKey(key)
        ? new DatabasePath(text.Length == 0 ? key : $"{text}/{key}")
        : throw new ArgumentException($"'{key}' cannot be a key in a Realtime Database: 1 to 768 bytes without . $ # [ ] / and control characters.", nameof(key));

    /// <summary>The path with slashes; empty for the whole database.</summary>
    public override string ToString() => text;

    /// <summary>The path as the REST protocol writes it.</summary>
    internal string ToUrl() => "/" + string.Join('/', text.Split('/').Select(Uri.EscapeDataString)) + ".json";
}
