using System.Globalization;
using Spotter.Bench;
using Spotter.Bench.Depth;
using Spotter.Bench.Learning;
using Spotter.Bench.Mannequins;
using Spotter.Bench.Streams;
using Spotter.Bench.Web;
using Spotter.Poses;
using Spotter.Synthesis;

// One file for each stage; a stage is added here by its name.
var stages = new Dictionary<string, Func<int>>(StringComparer.Ordinal)
{
    ["encoder"] = EncoderBench.Run,
    ["one-class-svm"] = OneClassSvmBench.Run,
    ["overlay"] = OverlayBench.Run,
    ["arm-length"] = ArmLengthBench.Run,
};
if (args is ["sensitivity", var network, .. var rest])
{
    string[] all = [.. MannequinExercises.All.Select(exercise => exercise.Name)];
    return SensitivityBench.Run(network, Option(rest, "--exercise")?.Split(',') ?? all, NumberOf(rest, "--seed", 1), NumberOf(rest, "--people", 40), Option(rest, "--plot"));
}

if (args is ["stages", .. var clips])
{
    return await StagesBench.RunAsync(clips is [var clip] ? clip : null);
}

if (args is ["depth", .. var films])
{
    return await DepthBench.RunAsync([.. films.TakeWhile(film => !film.StartsWith("--", StringComparison.Ordinal))], NumberOf(films, "--people", 20), NumberOf(films, "--seed", 1),
        Enum.Parse<PoseModel>(Option(films, "--pose") ?? nameof(PoseModel.Full), ignoreCase: true));
}

if (args is ["explanation", var features, .. var options])
{
    return ExplanationBench.Run(features, Exercise(options, 2), Number(options, 0, 1), Number(options, 1, 5));
}

if (args is ["findings", var recordings, var named, var weights, var page])
{
    return RecordingFindings.Run(recordings.Split(','), named, weights, page);
}

if (args is ["explanation-speed", var timed])
{
    return ExplanationSpeed.Run(timed);
}

if (args is ["gradient", var studied])
{
    return GradientStudy.Run(studied);
}

if (args is ["abstention", var packs])
{
    return AbstentionBench.Run(packs);
}

if (args is ["backbones", .. var networks] && networks.Length > 0)
{
    return BackboneBench.Run(
        [.. networks.TakeWhile(name => !name.StartsWith("--", StringComparison.Ordinal))], 1, NumberOf(networks, "--people", 40), networks.Contains("--uneven") ? 1 : 0);
}

if (args is ["streams", var initial, var kept, .. var asked])
{
    return StreamBench.Run(
        initial, kept, NumberOf(asked, "--steps", 150), NumberOf(asked, "--seed", 1), Option(asked, "--only") is { } one ? int.Parse(one, CultureInfo.InvariantCulture) : null,
        Option(asked, "--backbone"), Option(asked, "--recordings")?.Split(',') ?? []);
}

if (args is ["realism", var shipped, .. var people])
{
    return RealismBench.Run(shipped, Number(people, 0, 1));
}

if (args is ["evenness", .. var lifted])
{
    return EvennessBench.Run(lifted is [var folders, ..] ? folders.Split(',') : []);
}

if (args is ["learning", var learner, .. var learnt])
{
    var words = learnt.Where(word => word != "--uneven").ToArray();
    return LearningBench.Run(learner, words is [var only, ..] ? only : MannequinOptions.ShoulderPress, Number(words, 1, 1), learnt.Contains("--uneven") ? 1 : 0);
}

if (args is ["flow", var describer, .. var draws])
{
    return FlowBench.Run(describer, Number(draws, 0, 1));
}

if (args is ["estimators", var observer, .. var start])
{
    return LearningBench.Estimators(observer, Number(start, 0, 1));
}

if (args is ["spreads", var spreads, .. var drawn])
{
    return SpreadFile.Write(spreads, Number(drawn, 0, 900));
}

if (args is ["signatures", .. var learning])
{
    return SignatureBench.Run(Exercise(learning, 1), Number(learning, 0, 101));
}

switch (args)
{
    case ["web-kill", var sample, .. var counts]:
        return await WebKill.RunAsync(Number(counts, 0, 50), Number(counts, 1, 10), Number(counts, 2, 1), sample);
    case ["worker-kill", var kind, .. var counts]:
        return await WorkerKill.RunAsync(kind, Number(counts, 0, 4), Number(counts, 1, 200), Number(counts, 2, 40), Number(counts, 3, 1));
    case ["store-cost", .. var counts]:
        return await StoreCost.RunAsync(Number(counts, 0, 500), Number(counts, 1, 1_000_000), Number(counts, 2, 100_000));
    case ["worker-throughput", var sample, .. var counts]:
        return await WorkerThroughput.RunAsync(sample, Number(counts, 0, 6), Number(counts, 1, 4));
    case ["web-load", var sample, .. var counts]:
        return await WebLoad.RunAsync(sample, Number(counts, 0, 50));
}

if (args is [var stage] && stages.TryGetValue(stage, out var run))
{
    return run();
}

Console.Error.WriteLine($"""
    usage: Spotter.Bench stages [CLIP]
           Spotter.Bench {string.Join('|', stages.Keys)}
           Spotter.Bench sensitivity BACKBONE [--exercise NAME,…] [--seed N] [--people N] [--plot FILE.svg]
           Spotter.Bench backbones BACKBONE… [--people N] [--uneven]
           Spotter.Bench learning BACKBONE [EXERCISE [SEED]] [--uneven]
           Spotter.Bench streams WEIGHTS FOLDER [--steps N] [--seed N] [--only NETWORK] [--backbone FILE] [--recordings DATA,…]
           Spotter.Bench flow BACKBONE [SEED]
           Spotter.Bench estimators BACKBONE [SEED]
           Spotter.Bench spreads FOLDER [SEED]
           Spotter.Bench depth [CLIP…] [--people N] [--seed N] [--pose lite|full|heavy]
           Spotter.Bench explanation BACKBONE [SEED [PEOPLE [EXERCISE]]]
           Spotter.Bench explanation-speed BACKBONE
           Spotter.Bench gradient BACKBONE
           Spotter.Bench abstention PACKS
           Spotter.Bench realism PACKS [SEED]
           Spotter.Bench evenness [DATA,…]
           Spotter.Bench signatures [SEED [EXERCISE]]
           Spotter.Bench web-kill CLIP [KILLS [CLIPS [SEED]]]
           Spotter.Bench web-load CLIP [UPLOADS]
           Spotter.Bench worker-kill postgres|firebase [WORKERS [JOBS [BLOWS [SEED]]]]
           Spotter.Bench worker-throughput CLIP [CLIPS [ROUNDS]]
           Spotter.Bench store-cost [JOBS [OVER [WAITING]]]
           Spotter.Bench findings DATA[,DATA] EXERCISE BACKBONE PAGE
    """);
return 2;

static string? Option(string[] options, string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;

static MannequinExercise Exercise(string[] options, int at) => options.Length <= at
    ? MannequinExercises.ShoulderPress
    : MannequinExercises.Find(options[at]) ?? throw new ArgumentException($"The mannequin does not know {options[at]}.");

static int Number(string[] options, int at, int otherwise) => options.Length > at ? int.Parse(options[at], CultureInfo.InvariantCulture) : otherwise;

static int NumberOf(string[] options, string name, int otherwise) => Option(options, name) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : otherwise;
