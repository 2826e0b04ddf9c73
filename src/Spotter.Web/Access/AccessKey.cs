using System.Security.Cryptography;
using System.Text;

namespace Spotter.Web.Access;

/// <summary>What a person must know to enter a server that others can reach.</summary>
internal sealed class AccessKey
{
    private const int Shortest = 12;

    private readonly byte[]? hash;

    /// <summary>Takes the key.</summary>
    /// <param name="key">The key; null where none is asked for.</param>
    /// <exception cref="ArgumentException">The key is too short to be one.</exception>
    public AccessKey(string? key)
    {
        if (key is { Length: < Shortest })
        {
            throw new ArgumentException($"The access key is too short: take at least {Shortest} characters that nobody can guess.", nameof(key));
        }

        hash = key is null ? null : Hash(key);
    }

    /// <summary>Whether a key is asked for.</summary>
    public bool IsNeeded => hash is not null;

    /// <summary>Changes with the key, so that sessions opened with another key end.</summary>
    public string Stamp => hash is null ? "" : Convert.ToHexString(hash.AsSpan(0, 8));

    /// <summary>Whether a text is the key; takes the same time whatever it is.</summary>
    public bool Opens(string? text) => hash is not null && text is { Length: > 0 and <= 1024 } && CryptographicOperations.FixedTimeEquals(Hash(text), hash);

    private static byte[] Hash(string key) => HMACSHA256.HashData("spotter access key"u8, Encoding.UTF8.GetBytes(key));
}
