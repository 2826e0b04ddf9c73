using System.Globalization;
using Spotter.Bench;
using Spotter.Bench.Mannequins;

// One file for each stage; a stage is added here by its name.
var stages = new Dictionary<string, Func<int>>(StringComparer.Ordinal)
{
    ["encoder"] = EncoderBench.Run,
    ["one-class-svm"] = OneClassSvmBench.Run,
    ["overlay"] = OverlayBench.Run,
};
if (args is ["sensitivity", var network, .. var rest])
{
    return SensitivityBench.Run(network, rest is [var seed] ? int.Parse(seed, CultureInfo.InvariantCulture) : 1);
}

if (args is ["stages", .. var clips])
{
    return await StagesBench.RunAsync(clips is [var clip] ? clip : null);
}

if (args is [var stage] && stages.TryGetValue(stage, out var run))
{
    return run();
}

Console.Error.WriteLine($"usage: Spotter.Bench stages [CLIP]\n       Spotter.Bench {string.Join('|', stages.Keys)}\n       Spotter.Bench sensitivity BACKBONE [SEED]");
return 2;
