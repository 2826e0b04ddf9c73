using Spotter.StGcn;
using Spotter.Training.Streams;

namespace Spotter.Bench.Streams;

/// <summary>
/// Whether networks on bones and on motion tell more than one on joints: on people of the mannequin that no network has seen, the area between correct repetitions and those
/// with one fault of the size that a coach would call wrong, for each stream alone and for streams joined. A second network on joints is the control: any two joined rank better.
/// </summary>
internal static class StreamBench
{
    // Positions in the order of the networks.
    private static readonly (string Name, int[] Branches)[] Compared =
    [
        ("joints", [0]), ("bones", [1]), ("motion", [2]), ("joints, other seed", [3]), ("joints and bones", [0, 1]), ("joints and motion", [0, 2]),
        ("joints and joints of the other seed (control)", [0, 3]), ("joints, bones and motion", [0, 1, 2]),
    ];

    // With a network on joints that was trained elsewhere, such as the one that ships.
    private static readonly (string Name, int[] Branches)[] WithBackbone =
        [("backbone", [4]), ("backbone and bones", [4, 1]), ("backbone and motion", [4, 2]), ("backbone and joints (control)", [4, 0])];

    /// <summary>Trains what is not trained yet, and prints the table.</summary>
    /// <param name="weights">Weights to start from.</param>
    /// <param name="folder">Where networks, and states of trainings that are not done, are kept.</param>
    /// <param name="steps">Steps of each training.</param>
    /// <param name="seed">Seed of the three streams; the control has the next one.</param>
    /// <param name="only">Number of the one network that is trained, and nothing judged, so that several processes can share the work; null for all.</param>
    /// <param name="backbone">Another network on joints, .onnx, which is joined with the streams as well; null for none.</param>
    /// <param name="recordings">Folders of recorded presses, judged afterwards with whole sessions held out.</param>
    public static int Run(string weights, string folder, int steps, int seed, int? only, string? backbone, IReadOnlyList<string> recordings)
    {
        Directory.CreateDirectory(folder);
        var training = new StreamTraining(weights, folder, steps);
        (StreamKind Stream, int Seed)[] networks = [(StreamKind.Joints, seed), (StreamKind.Bones, seed), (StreamKind.Motion, seed), (StreamKind.Joints, seed + 1)];
        if (only is { } at)
        {
            training.Load(networks[at].Stream, networks[at].Seed).Dispose();
            return 0;
        }

        StreamNetwork[] trained =
        [
            .. networks.Select(network => new StreamNetwork(network.Stream, training.Load(network.Stream, network.Seed))),
            .. backbone is null ? [] : new[] { new StreamNetwork(StreamKind.Joints, StGcnEncoder.Load(backbone)) },
        ];
        (string Name, int[] Branches)[] compared = [.. Compared, .. backbone is null ? [] : WithBackbone];
        try
        {
            StreamTable.Print(trained, [.. trained.Select((_, network) => new[] { network })], compared);
            foreach (var recorded in recordings)
            {
                StreamRecordings.Print(recorded, trained, compared);
            }
        }
        finally
        {
            Array.ForEach(trained, network => network.Dispose());
        }

        return 0;
    }
}
