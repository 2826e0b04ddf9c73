namespace Spotter.Training.Checkpoints;

/// <summary>A Python tuple.</summary>
internal sealed record PickleTuple(object?[] Items);

/// <summary>A block of numbers that lies outside the pickle.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Element">Its number format.</param>
/// <param name="Count">How many numbers it holds.</param>
internal sealed record PickleStorage(string Key, StoredElement Element, long Count)
{
    /// <summary>Reads a persistent id: ("storage", type, key, device, count) and in older files a sixth entry, the part of the block that is meant.</summary>
    public static PickleStorage From(object? id) =>
        id is PickleTuple { Items: ["storage", PickleStorageType type, string key, string, long count, .. var view] }
        && count >= 0 && view is [] or [null]
            ? new PickleStorage(key, type.Element, count)
            : throw PickleReader.Damaged("it refers to numbers in a way that is not known");
}

/// <summary>A part of a storage, seen with a shape.</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides);

/// <summary>The type of a storage, as a name in the pickle.</summary>
internal sealed record PickleStorageType(StoredElement Element);

/// <summary>A constructor that weight files name.</summary>
internal sealed record PickleFunction(string Name);

/// <summary>The only names that a pickle may refer to, and what they make.</summary>
internal static class PickleGlobal
{
    private const string OrderedDictionary = "collections.OrderedDict";
    private const string RebuildTensor = "torch._utils._rebuild_tensor";
    private const string RebuildTensor2 = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";

    /// <summary>What a name stands for.</summary>
    /// <exception cref="CheckpointFormatException">The name is not in the list.</exception>
    public static object Find(string module, string name) => $"{module}.{name}" switch
    {
        "torch.FloatStorage" => new PickleStorageType(StoredElement.Single),
        "torch.DoubleStorage" => new PickleStorageType(StoredElement.Double),
        "torch.HalfStorage" => new PickleStorageType(StoredElement.Half),
        "torch.BFloat16Storage" => new PickleStorageType(StoredElement.BrainHalf),
        "torch.LongStorage" => new PickleStorageType(StoredElement.Int64),
        "torch.IntStorage" => new PickleStorageType(StoredElement.Int32),
        OrderedDictionary or RebuildTensor or RebuildTensor2 or RebuildParameter => new PickleFunction($"{module}.{name}"),
        var other => throw PickleReader.Damaged($"it asks for '{other}', which is not needed for weights and is never run"),
    };

    /// <summary>Makes what a constructor with these arguments stands for.</summary>
    /// <exception cref="CheckpointFormatException">It is no constructor, or the arguments do not fit.</exception>
    public static object? Build(object? function, object? arguments)
    {
        if (function is PickleFunction { Name: var name } && arguments is PickleTuple { Items: var items })
        {
            switch (name)
            {
                case OrderedDictionary when items is [] or [List<object?> { Count: 0 }]:
                    return new Dictionary<object, object?>();
                case RebuildParameter when items is [PickleTensor parameter, ..]:
                    return parameter;
                case RebuildTensor or RebuildTensor2
                    when items is [PickleStorage storage, long offset, PickleTuple size, PickleTuple stride, ..]
                        && Integers(size) is { } shape && Integers(stride) is { } strides && shape.Length == strides.Length:
                    return new PickleTensor(storage, offset, shape, strides);
            }
        }

        throw PickleReader.Damaged("it calls a constructor with arguments that do not fit");
    }

    private static long[]? Integers(PickleTuple tuple) =>
        tuple.Items.Length <= 8 && Array.TrueForAll(tuple.Items, item => item is >= 0L) ? Array.ConvertAll(tuple.Items, item => (long)item!) : null;
}
