namespace Spotter.OneClass;

/// <summary>
/// The most recently used rows of the kernel matrix, single precision as in LIBSVM. A row may be known only up to some column: shrinking asks for
/// prefixes, and growing back fills in the rest.
/// </summary>
internal sealed class KernelCache
{
    private const int None = -1;

    private readonly RbfKernel kernel;
    private readonly int sampleCount;
    private readonly int capacity;
    private readonly List<float[]> buffers = [];
    private readonly List<int> lengths = []; // known columns of each slot
    private readonly List<int> owners = []; // row held by each slot
    private readonly int[] slots; // slot of each row
    private readonly LinkedList<int> byUse = new(); // slots, least recently used first
    private readonly List<LinkedListNode<int>> nodes = [];

    public KernelCache(RbfKernel kernel, int sampleCount, double megabytes)
    {
        this.kernel = kernel;
        this.sampleCount = sampleCount;
        var rows = megabytes * 1024 * 1024 / ((double)sampleCount * sizeof(float));
        capacity = (int)Math.Clamp(rows, 2, Math.Max(2, sampleCount));
        slots = new int[sampleCount];
        Array.Fill(slots, None);
    }

    /// <summary>The first <paramref name="length"/> values of a row. Valid until two other rows have been asked for.</summary>
    public ReadOnlySpan<float> Row(int row, int length)
    {
        var slot = slots[row] == None ? Claim(row) : slots[row];
        byUse.Remove(nodes[slot]);
        byUse.AddLast(nodes[slot]);
        var known = lengths[slot];
        if (known < length)
        {
            kernel.Fill(row, known, buffers[slot].AsSpan(known, length - known));
            lengths[slot] = length;
        }

        return buffers[slot].AsSpan(0, length);
    }

    /// <summary>Exchanges two samples, here and in the kernel.</summary>
    public void Swap(int first, int second)
    {
        if (first == second)
        {
            return;
        }

        kernel.Swap(first, second);
        (slots[first], slots[second]) = (slots[second], slots[first]);
        Own(slots[first], first);
        Own(slots[second], second);
        var (low, high) = (Math.Min(first, second), Math.Max(first, second));
        for (var slot = 0; slot < buffers.Count; slot++)
        {
            var row = buffers[slot];
            if (lengths[slot] > high)
            {
                (row[low], row[high]) = (row[high], row[low]);
            }
            else if (lengths[slot] > low)
            {
                lengths[slot] = low;
            }
        }
    }

    private void Own(int slot, int row)
    {
        if (slot != None)
        {
            owners[slot] = row;
        }
    }

    private int Claim(int row)
    {
        int slot;
        if (buffers.Count < capacity)
        {
            slot = buffers.Count;
            buffers.Add(GC.AllocateUninitializedArray<float>(sampleCount));
            lengths.Add(0);
            owners.Add(row);
            nodes.Add(byUse.AddLast(slot));
        }
        else
        {
            slot = byUse.First!.Value;
            slots[owners[slot]] = None;
            owners[slot] = row;
            lengths[slot] = 0;
        }

        slots[row] = slot;
        return slot;
    }
}
