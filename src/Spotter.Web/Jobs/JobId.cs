using System.Buffers.Text;
using System.Security.Cryptography;

namespace Spotter.Web.Jobs;

/// <summary>Names that nobody can guess: 128 random bits in 22 characters that paths, addresses and database keys allow.</summary>
public static class JobId
{
    private const int Bytes = 16;
    private const int Characters = 22;

    /// <summary>A new name.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text has the form of such a name; anything else never reaches a store.</summary>
    public static bool IsValid(string? text) => text is { Length: Characters } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
