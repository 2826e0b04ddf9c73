using System.Globalization;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>How keys sort: those that are 32-bit numbers first, by value, then the others by their letters.</summary>
internal sealed class KeyOrder : IComparer<string>
{
    public static readonly KeyOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (a, b) = (Number(x!), Number(y!));
        return (a, b) switch
        {
            (null, null) => string.CompareOrdinal(x, y),
            (not null, null) => -1,
            (null, not null) => 1,
            _ => a != b ? a.Value.CompareTo(b.Value) : x!.Length.CompareTo(y!.Length),
        };
    }

    private static int? Number(string key)
    {
        var digits = key.AsSpan(key.StartsWith('-') ? 1 : 0);
        var significant = digits.TrimStart('0');
        return digits.Length > 0 && significant.Length <= 10 && !digits.ContainsAnyExceptInRange('0', '9')
            && long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;
    }
}

/// <summary>How values sort: nothing, false, true, numbers, texts, and last what has children.</summary>
internal static class ValueOrder
{
    public static int Compare(DataNode x, DataNode y)
    {
        var (a, b) = (Rank(x), Rank(y));
        return a != b ? a.CompareTo(b) : (x.Leaf, y.Leaf) switch
        {
            (double left, double right) => left.CompareTo(right),
            (string left, string right) => string.CompareOrdinal(left, right),
            _ => 0,
        };
    }

    private static int Rank(DataNode node) => node.Leaf switch
    {
        false => 1,
        true => 2,
        double => 3,
        string => 4,
        _ => node.IsNothing ? 0 : 5,
    };
}
