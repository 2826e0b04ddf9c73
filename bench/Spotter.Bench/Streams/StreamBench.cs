using System.Globalization;
using Spotter.Evaluation;
using Spotter.Exercises;
using Spotter.Skeletons;
using Spotter.StGcn;
using Spotter.Synthesis;
using Spotter.Training.Streams;

namespace Spotter.Bench.Streams;

/// <summary>
/// Whether networks on bones and on motion tell more than one on joints: on people of the mannequin that no network has seen, the area between correct repetitions and those
/// with one fault of the size that a coach would call wrong, for each stream alone and for streams joined. A second network on joints is the control: any two joined rank better.
/// </summary>
internal static class StreamBench
{
    private const int PeopleSeed = 1;
    private const int People = 40;

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
            Print(trained, compared);
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

    private static void Print(StreamNetwork[] networks, (string Name, int[] Branches)[] compared)
    {
        View[] views = [.. ExerciseDefinition.Load(MannequinOptions.ShoulderPress).Measures.Keys.Order()];
        StreamTrial[] trials = [.. views.Select(view => new StreamTrial(view, networks, People, PeopleSeed))];
        Console.WriteLine("| p-values, mean score within a step; mean score alone | " + string.Join(" | ", views.Select((view, v) =>
            $"{view.ToString().ToLowerInvariant()} ({trials[v].Correct}, {trials[v].Faulty})")) + " | mean |");
        Console.WriteLine("|---|" + string.Concat(views.Select(_ => "---|")) + "---|");
        var measures = networks.Length;
        foreach (var (name, branches) in compared.Concat(compared.Select(one => (Name: one.Name + "; measures", Branches: (int[])[.. one.Branches, measures]))).Append(("measures", [measures])))
        {
            (double Joined, double Mean)[] areas = [.. trials.Select(trial => trial.Areas(branches))];
            Console.WriteLine($"| {name} | " + string.Join(" | ", areas.Append((areas.Average(area => area.Joined), areas.Average(area => area.Mean)))
                .Select(area => string.Create(CultureInfo.InvariantCulture, $"{area.Item1:0.000}; {area.Item2:0.000}"))) + " |");
        }
    }
}
