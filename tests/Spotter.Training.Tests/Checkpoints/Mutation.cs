using CsCheck;

namespace Spotter.Training.Tests.Checkpoints;

/// <summary>Damaged variants of a file for fuzzing: bytes changed, stretches removed, repeated or inserted, the end cut off.</summary>
internal static class Mutation
{
    /// <summary>One to four damages to <paramref name="file"/>.</summary>
    public static Gen<byte[]> Of(byte[] file) =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, int.MaxValue], Gen.Int[0, 16], Gen.Byte).Array[1, 4].Select(damages =>
        {
            var bytes = file.ToList();
            foreach (var (kind, place, length, value) in damages)
            {
                var at = bytes.Count == 0 ? 0 : place % bytes.Count;
                var span = Math.Min(length, bytes.Count - at);
                switch (kind)
                {
                    case 0 when bytes.Count > 0:
                        bytes[at] = value;
                        break;
                    case 1:
                        bytes.RemoveRange(at, span);
                        break;
                    case 2:
                        bytes.InsertRange(at, bytes.GetRange(at, span));
                        break;
                    case 3:
                        bytes.InsertRange(at, Enumerable.Repeat(value, length));
                        break;
                    default:
                        bytes.RemoveRange(at, bytes.Count - at);
                        break;
                }
            }

            return bytes.ToArray();
        });
}
