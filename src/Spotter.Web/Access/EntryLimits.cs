using System.Net;
using System.Net.Sockets;

namespace Spotter.Web.Access;

/// <summary>
/// How often keys may be tried, on the page and as bearer tokens alike: few times from one address, and not much more often from all together. Only wrong keys count. Whoever is
/// shut out is so with the right key, too, or guessing would go on; an address that had the right key before is not shut out by what others do.
/// </summary>
internal sealed class EntryLimits(AccessKey key, TimeProvider time)
{
    /// <summary>Wrong keys after which an address must wait.</summary>
    public const int TriesFromOneAddress = 10;

    /// <summary>Wrong keys from all addresses together after which all must wait that have not had the right one.</summary>
    public const int TriesFromAll = 100;

    /// <summary>How long wrong keys count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int MostAddresses = 10_000;
    private const int NetworkBytes = 8; // of an IPv6 address: whoever has one has all of its network

    private readonly Lock gate = new();
    private readonly Dictionary<string, Tries> wrong = new(StringComparer.Ordinal);
    private readonly HashSet<string> trusted = new(StringComparer.Ordinal);
    private Tries all;

    /// <summary>Tries a key.</summary>
    public KeyTry Try(IPAddress? from, string? tried)
    {
        var (address, now) = (Name(from), time.GetTimestamp());
        lock (gate)
        {
            if (Current(wrong.GetValueOrDefault(address), now) >= TriesFromOneAddress || (Current(all, now) >= TriesFromAll && !trusted.Contains(address)))
            {
                return KeyTry.TooMany;
            }

            if (key.Opens(tried))
            {
                if (trusted.Count < MostAddresses)
                {
                    trusted.Add(address);
                }

                return KeyTry.Right;
            }

            if (wrong.Count >= MostAddresses)
            {
                foreach (var old in wrong.Where(entry => Current(entry.Value, now) == 0).Select(entry => entry.Key).ToList())
                {
                    wrong.Remove(old);
                }
            }

            wrong[address] = Next(wrong.GetValueOrDefault(address), now);
            all = Next(all, now);
            return KeyTry.Wrong;
        }
    }

    private static string Name(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };

    private int Current(Tries tries, long now) => tries.Count > 0 && time.GetElapsedTime(tries.Since, now) < Window ? tries.Count : 0;

    private Tries Next(Tries tries, long now) => Current(tries, now) > 0 ? tries with { Count = tries.Count + 1 } : new Tries(now, 1);

    private readonly record struct Tries(long Since, int Count);
}

/// <summary>How trying a key came out.</summary>
internal enum KeyTry
{
    /// <summary>It is the key.</summary>
    Right,

    /// <summary>It is not.</summary>
    Wrong,

    /// <summary>It was not looked at: too many wrong ones came before.</summary>
    TooMany,
}
