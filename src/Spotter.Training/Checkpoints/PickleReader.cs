using System.Buffers.Binary;
using System.Text;

namespace Spotter.Training.Checkpoints;

/// <summary>
/// Reads the part of Python's pickle format that weight files consist of: numbers, text, tuples, lists, dictionaries, and the handful of named
/// constructors in <see cref="PickleGlobal"/>. A name outside that list ends the reading; nothing is ever looked up or run.
/// </summary>
/// <remarks>Format: Python's pickletools, protocols 0 to 4 as far as torch.save uses them.</remarks>
internal sealed class PickleReader(ReadOnlyMemory<byte> data)
{
    // The pickle of a network's weights has a few hundred bytes for each tensor; the numbers themselves lie outside it.
    private const int MaximumBytes = 16 << 20;
    private const int MaximumObjects = 2_000_000;

    private static readonly object Mark = new();

    private readonly List<object?> stack = [];
    private readonly Dictionary<long, object?> memo = [];
    private readonly List<PickleStorage> storages = [];
    private int position;
    private int objects;

    /// <summary>Bytes read so far.</summary>
    public int Position => position;

    /// <summary>Every block of numbers that was referred to so far.</summary>
    public IReadOnlyList<PickleStorage> Storages => storages;

    /// <summary>Reads one pickle up to its end; another may follow.</summary>
    /// <returns>null, bool, long, double, string, byte[], <see cref="PickleTuple"/>, List, Dictionary or one of the Pickle… records.</returns>
    /// <exception cref="CheckpointFormatException">The data is damaged or asks for something that is not in the list.</exception>
    public object? Read()
    {
        stack.Clear();
        memo.Clear();
        var start = position;
        while (true)
        {
            if (position - start > MaximumBytes || ++objects > MaximumObjects)
            {
                throw Damaged("it describes too many objects");
            }

            var opcode = (char)Take(1)[0];
            if (opcode == '.')
            {
                return Pop();
            }

            Execute(opcode);
        }
    }

    private void Execute(char opcode)
    {
        switch (opcode)
        {
            case '\x80': // protocol
                Take(1);
                break;
            case '\x95': // frame
                Take(8);
                break;
            case 'N':
                stack.Add(null);
                break;
            case '\x88' or '\x89':
                stack.Add(opcode == '\x88');
                break;
            case 'J':
                stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                break;
            case 'K':
                stack.Add((long)Take(1)[0]);
                break;
            case 'M':
                stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                break;
            case '\x8a':
                stack.Add(ReadLong(Take(Take(1)[0])));
                break;
            case 'G':
                stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8)));
                break;
            case 'X' or 'T':
                stack.Add(Text(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))));
                break;
            case '\x8c' or 'U':
                stack.Add(Text(Take(Take(1)[0])));
                break;
            case 'B':
                stack.Add(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))).ToArray());
                break;
            case 'C':
                stack.Add(Take(Take(1)[0]).ToArray());
                break;
            case '}':
                stack.Add(new Dictionary<object, object?>());
                break;
            case ']':
                stack.Add(new List<object?>());
                break;
            case ')':
                stack.Add(new PickleTuple([]));
                break;
            case '(':
                stack.Add(Mark);
                break;
            case 't':
                stack.Add(new PickleTuple(PopToMark()));
                break;
            case >= '\x85' and <= '\x87':
                stack.Add(new PickleTuple(PopMany(opcode - '\x84')));
                break;
            case 's':
                SetItems(PopMany(2));
                break;
            case 'u':
                SetItems(PopToMark());
                break;
            case 'a':
                Append(PopMany(1));
                break;
            case 'e':
                Append(PopToMark());
                break;
            case 'q':
                memo[Take(1)[0]] = Peek();
                break;
            case 'r':
                memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Peek();
                break;
            case '\x94':
                memo[memo.Count] = Peek();
                break;
            case 'h':
                stack.Add(Recall(Take(1)[0]));
                break;
            case 'j':
                stack.Add(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                break;
            case 'c':
                stack.Add(PickleGlobal.Find(Line(), Line()));
                break;
            case '\x93':
                var names = PopMany(2);
                stack.Add(PickleGlobal.Find(names[0] as string ?? "?", names[1] as string ?? "?"));
                break;
            case 'R':
                var call = PopMany(2);
                stack.Add(PickleGlobal.Build(call[0], call[1]));
                break;
            case 'b':
                // The attributes of an OrderedDict (versions of modules) say nothing about weights.
                if (PopMany(1)[0] is not (Dictionary<object, object?> or PickleTuple or null) || Peek() is not Dictionary<object, object?>)
                {
                    throw Damaged("it sets attributes of something that has none");
                }

                break;
            case 'Q':
                var storage = PickleStorage.From(Pop());
                storages.Add(storage);
                stack.Add(storage);
                break;
            default:
                throw Damaged($"its pickle has the instruction 0x{(int)opcode:x2}, which weights do not need");
        }
    }

    internal static CheckpointFormatException Damaged(string reason) => new($"This PyTorch file is damaged or holds more than weights: {reason}.");

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > data.Length - position)
        {
            throw Damaged("it ends too early");
        }

        var taken = data.Span.Slice(position, (int)length);
        position += (int)length;
        return taken;
    }

    private string Line()
    {
        var length = data.Span[position..].IndexOf((byte)'\n');
        if (length is < 0 or > 200)
        {
            throw Damaged("a name has no end");
        }

        return Text(Take((uint)length + 1)[..length]);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    // Two's complement of any length; larger than 64 bits is only PyTorch's magic number, which the caller looks for by itself.
    private static object ReadLong(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 8)
        {
            return bytes.ToArray();
        }

        var value = 0L;
        for (var i = 0; i < bytes.Length; i++)
        {
            value |= (long)bytes[i] << (8 * i);
        }

        var unused = 64 - (8 * bytes.Length);
        return bytes.IsEmpty ? 0L : value << unused >> unused;
    }

    private object? Peek() => stack.Count > 0 && stack[^1] != Mark ? stack[^1] : throw Damaged("its pickle takes more than there is");

    private object? Pop()
    {
        var top = Peek();
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    private object?[] PopMany(int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            items[i] = Pop();
        }

        return items;
    }

    private object?[] PopToMark()
    {
        var mark = stack.LastIndexOf(Mark);
        if (mark < 0)
        {
            throw Damaged("its pickle takes more than there is");
        }

        object?[] items = [.. stack[(mark + 1)..]];
        stack.RemoveRange(mark, stack.Count - mark);
        return items;
    }

    private void SetItems(object?[] items)
    {
        if (Peek() is not Dictionary<object, object?> target || items.Length % 2 != 0)
        {
            throw Damaged("it sets entries of something that is no dictionary");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            target[items[i] is string or long or bool ? items[i]! : throw Damaged("a dictionary has keys that are neither text nor numbers")] = items[i + 1];
        }
    }

    private void Append(object?[] items)
    {
        if (Peek() is not List<object?> target)
        {
            throw Damaged("it appends to something that is no list");
        }

        target.AddRange(items);
    }

    private object? Recall(long key) => memo.TryGetValue(key, out var value) ? value : throw Damaged("it refers to something that is not there");
}
