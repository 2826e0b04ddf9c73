using System.Text.Json;
using Spotter.Skeletons;
using Spotter.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace Spotter.Training.Learning;

/// <summary>Trains a network and the heads of an objective; the result is the running average of the network's weights.</summary>
public static class TrainingLoop
{
    private const string NetworkPrefix = "network/";
    private const string HeadPrefix = "head/";
    private const string RecentLoss = "loop/recent-loss";

    // The recent loss is a running average over about ten steps.
    private const double RecentDecay = 0.9;

    /// <summary>Trains on the calling thread.</summary>
    /// <param name="network">Holds the weights to start from, and in the end the averaged weights of the training.</param>
    /// <param name="objective">Heads and loss.</param>
    /// <param name="source">Batches.</param>
    /// <param name="options">How long and how fast; with a state file there, the training goes on from it.</param>
    /// <param name="run">Names what is trained on what: a state file of another run is refused.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellationToken">Stops between two steps, after the state was written.</param>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="Checkpoints.CheckpointFormatException">The state file is damaged or belongs to another training.</exception>
    public static void Run(
        StGcnNetwork network,
        IObjective objective,
        ITrainingSource source,
        TrainingOptions options,
        string run,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate();
        set_num_threads(options.Threads);
        using var backbone = new AdamW(network.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter), options.WeightDecay);
        using var heads = new AdamW(objective.Parameters, options.WeightDecay);
        var trained = network.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
        var averages = trained.ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone(), StringComparer.Ordinal);
        using var recent = zeros(1);
        try
        {
            (string, Tensor)[] state =
            [
                (RecentLoss, recent),
                .. trained.Select(pair => (NetworkPrefix + pair.Key, pair.Value)),
                .. averages.Select(pair => (NetworkPrefix + pair.Key + "/average", pair.Value)),
                .. backbone.State.Select(pair => (NetworkPrefix + pair.Name, pair.Value)),
                .. objective.Parameters.Select(pair => (HeadPrefix + pair.Key, pair.Value)),
                .. heads.State.Select(pair => (HeadPrefix + pair.Name, pair.Value)),
            ];
            var identity = $"{run}; {Describe(options)}";
            var done = options.StatePath is null ? 0 : TrainingState.Restore(options.StatePath, identity, state);
            for (var step = done; step < options.Steps && !IsEnough(options, step, recent); step++)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    Save(options, step, identity, state);
                    cancellationToken.ThrowIfCancellationRequested();
                }

                var loss = Step(network, objective, source.Batch(step), options, step, backbone, heads);
                Follow(averages, trained, options.AverageDecay, step);
                using Scalar kept = step == 0 ? loss : (RecentDecay * recent.item<float>()) + ((1 - RecentDecay) * loss);
                recent.fill_(kept);
                if ((step + 1) % options.StateEvery == 0 || step + 1 == options.Steps || IsEnough(options, step + 1, recent))
                {
                    Save(options, step + 1, identity, state);
                }

                progress?.Report(new TrainingProgress(step + 1, options.Steps, loss));
            }

            using var noGradients = no_grad();
            foreach (var (name, parameter) in trained)
            {
                parameter.copy_(averages[name]);
                parameter.grad = null;
            }
        }
        finally
        {
            foreach (var average in averages.Values)
            {
                average.Dispose();
            }
        }
    }

    private static bool IsEnough(TrainingOptions options, int done, Tensor recent) =>
        done > options.WarmUpSteps && recent.item<float>() <= options.EnoughLoss;

    private static double Step(
        StGcnNetwork network, IObjective objective, IReadOnlyList<TrainingSample> batch, TrainingOptions options, int step, AdamW backbone, AdamW heads)
    {
        using var scope = NewDisposeScope();
        Tensor[] parameters = [.. network.parameters(), .. objective.Parameters.Values];
        foreach (var parameter in parameters)
        {
            parameter.grad = null;
        }

        var loss = objective.Loss(network.forward(Collate(batch)), batch);
        loss.backward();
        ClipGradients(parameters, options.LongestGradient);
        var share = options.RateShare(step);
        backbone.Update(options.BackboneRate * share, step + 1);
        heads.Update(options.HeadRate * share, step + 1);
        return loss.item<float>();
    }

    private static void ClipGradients(Tensor[] parameters, double longest)
    {
        using var noGradients = no_grad();
        Tensor[] gradients = [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];
        var length = stack([.. gradients.Select(gradient => gradient.norm())]).norm().item<float>();
        if (length > longest)
        {
            using Scalar shrink = longest / length;
            foreach (var gradient in gradients)
            {
                gradient.mul_(shrink);
            }
        }
    }

    /// <summary>The inputs of a batch as one tensor, N × 3 × T × 18.</summary>
    public static Tensor Collate(IReadOnlyList<TrainingSample> batch)
    {
        const int frameSize = StGcnNetwork.InputChannels * Skeleton.JointCount;
        var length = batch[0].Input.Length;
        var values = new float[batch.Count * length];
        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Input.CopyTo(values, i * length);
        }

        return tensor(values).reshape(batch.Count, StGcnNetwork.InputChannels, length / frameSize, Skeleton.JointCount);
    }

    // In the first steps the average follows faster, or it would remember the start for too long.
    private static void Follow(Dictionary<string, Tensor> averages, Dictionary<string, Tensor> trained, double decay, int step)
    {
        using var noGradients = no_grad();
        using var share = tensor((float)(1 - Math.Min(decay, (1.0 + step) / (10 + step))));
        foreach (var (name, average) in averages)
        {
            average.lerp_(trained[name], share);
        }
    }

    private static void Save(TrainingOptions options, int step, string run, (string, Tensor)[] state)
    {
        if (options.StatePath is not null)
        {
            TrainingState.Write(options.StatePath, step, run, state);
        }
    }

    private static string Describe(TrainingOptions options) => JsonSerializer.Serialize(options with { StatePath = null, StateEvery = 1 });
}
