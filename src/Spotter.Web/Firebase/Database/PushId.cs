using System.Security.Cryptography;

namespace Spotter.Web.Firebase.Database;

/// <summary>
/// Keys that sort by the moment they were made, as Firebase's own libraries make them: 48 bits of time and 72 random bits in 20 characters. Those of one
/// maker always ascend, even within a millisecond and when the clock is set back.
/// </summary>
public sealed class PushId
{
    private const string Alphabet = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    private const int TimeLength = 8;
    private const int RandomLength = 12;

    private readonly Lock gate = new();
    private readonly byte[] tail = new byte[RandomLength];
    private long last = -1;

    /// <summary>A new key.</summary>
    /// <param name="moment">Now.</param>
    public string Next(DateTimeOffset moment)
    {
        lock (gate)
        {
            var now = moment.ToUnixTimeMilliseconds();
            if (now > last)
            {
                last = now;
                Roll();
            }
            else if (!CountUp())
            {
                last++;
                Roll();
            }

            return string.Create(TimeLength + RandomLength, (last, tail), static (letters, parts) =>
            {
                var time = parts.last;
                for (var i = TimeLength - 1; i >= 0; i--, time >>= 6)
                {
                    letters[i] = Alphabet[(int)(time & 63)];
                }

                for (var i = 0; i < RandomLength; i++)
                {
                    letters[TimeLength + i] = Alphabet[parts.tail[i]];
                }
            });
        }
    }

    /// <summary>When a key was made, to the millisecond.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTimeOffset MomentOf(string key)
    {
        long time = 0;
        foreach (var letter in key.Length == TimeLength + RandomLength ? key.AsSpan(0, TimeLength) : throw new FormatException($"\"{key}\" is no push id."))
        {
            var digit = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            time = digit >= 0 ? (time << 6) | (uint)digit : throw new FormatException($"\"{key}\" is no push id.");
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(time);
    }

    private void Roll()
    {
        RandomNumberGenerator.Fill(tail);
        for (var i = 0; i < RandomLength; i++)
        {
            tail[i] &= 63;
        }
    }

    /// <summary>Takes the next tail of the same millisecond; false when there is none.</summary>
    private bool CountUp()
    {
        for (var i = RandomLength - 1; i >= 0; i--)
        {
            if (tail[i] < 63)
            {
                tail[i]++;
                return true;
            }

            tail[i] = 0;
        }

        return false;
    }
}
