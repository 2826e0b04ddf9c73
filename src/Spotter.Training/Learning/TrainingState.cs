using System.Globalization;
using Spotter.Training.Checkpoints;
using static TorchSharp.torch;

namespace Spotter.Training.Learning;

/// <summary>Stores and restores everything a training consists of, so that it can go on after a kill.</summary>
internal static class TrainingState
{
    private const string StepNote = "step";
    private const string RunNote = "run";

    /// <summary>Writes all tensors and the number of steps done; the file appears whole or not at all.</summary>
    public static void Write(string path, int step, string run, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        var stored = tensors.ToDictionary(pair => pair.Name, pair => Store(pair.Value), StringComparer.Ordinal);
        SafeTensorsFile.Write(path, stored, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [StepNote] = step.ToString(CultureInfo.InvariantCulture),
            [RunNote] = run,
        });
    }

    /// <summary>Reads the state into the tensors, if there is a file.</summary>
    /// <returns>The number of steps done; 0 when there is no file.</returns>
    /// <exception cref="CheckpointFormatException">The file is damaged or belongs to another training.</exception>
    public static int Restore(string path, string run, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        AtomicFile.RemoveLeftovers(path);
        if (!File.Exists(path))
        {
            return 0;
        }

        var (stored, notes) = SafeTensorsFile.Parse(File.ReadAllBytes(path));
        if (notes.GetValueOrDefault(RunNote) != run
            || !int.TryParse(notes.GetValueOrDefault(StepNote), NumberStyles.None, CultureInfo.InvariantCulture, out var step))
        {
            throw new CheckpointFormatException($"'{path}' holds the state of another training; delete it, or give this one another file.");
        }

        using var noGradients = no_grad();
        foreach (var (name, target) in tensors)
        {
            if (!stored.TryGetValue(name, out var value) || value.Values.Length != target.numel())
            {
                throw new CheckpointFormatException($"'{path}' lacks '{name}': it holds the state of another training; delete it, or give this one another file.");
            }

            using var source = tensor(value.Values).reshape(target.shape);
            target.copy_(source);
        }

        return step;
    }

    private static StoredTensor Store(Tensor value)
    {
        using var detached = value.detach().contiguous();
        return new StoredTensor(detached.shape, detached.data<float>().ToArray());
    }
}
