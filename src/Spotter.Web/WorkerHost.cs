using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spotter.Packs;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web;

/// <summary>How a process without pages works on the jobs of a back end.</summary>
public sealed record WorkerOptions
{
    /// <summary>Opens what keeps jobs and clips.</summary>
    public required OpenBackEnd BackEnd { get; init; }

    /// <summary>Folder for what is being worked on; any number of workers may share it.</summary>
    public string Folder { get; init; } = DefaultFolder;

    /// <summary>Folder with packs and their backbone; null for those that ship with Spotter.</summary>
    public string? Packs { get; init; }

    /// <summary>Clips judged at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Longest time one attempt at a clip may take.</summary>
    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How patient the job store is; the same for all that use it.</summary>
    public JobPolicy Jobs { get; init; } = new();

    /// <summary>The folder used when none is named: <c>spotter-workers</c> where the system keeps temporary files.</summary>
    public static string DefaultFolder => Path.Combine(Path.GetTempPath(), "spotter-workers");
}

/// <summary>A worker: a process without pages that claims jobs, wherever it runs.</summary>
public static class WorkerHost
{
    /// <summary>Runs until it is stopped.</summary>
    /// <param name="options">How.</param>
    /// <param name="started">Told once the back end was reached.</param>
    /// <param name="cancellationToken">Stops it; what is being judged goes back into the queue.</param>
    /// <exception cref="BackEndException">The back end cannot be used.</exception>
    /// <exception cref="PackFormatException">There are no packs, or they cannot be used.</exception>
    /// <exception cref="MissingToolException">ffmpeg or a pose model is missing, or went missing meanwhile.</exception>
    public static async Task RunAsync(WorkerOptions options, Action started, CancellationToken cancellationToken)
    {
        Equipment.Require(PacksOf(options));
        var host = await StartAsync(options, cancellationToken: cancellationToken);
        await using var closing = (IAsyncDisposable)host;
        started();
        var missing = host.Services.GetRequiredService<JobWorker>().Missing;
        if (await Task.WhenAny(host.WaitForShutdownAsync(cancellationToken), missing) == missing)
        {
            await host.StopAsync(CancellationToken.None);
            await missing; // says what
        }
    }

    /// <summary>Starts a worker.</summary>
    internal static async Task<IHost> StartAsync(WorkerOptions options, Action<IServiceCollection>? replace = null, CancellationToken cancellationToken = default)
    {
        var packs = PacksOf(options);
        _ = packs.BackbonePath;
        var folder = new WorkerFolder(options.Folder);
        BackEnd? backEnd = null;
        try
        {
            backEnd = await options.BackEnd(new BackEndSetting(folder.Path, options.Jobs, TimeProvider.System), cancellationToken);
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            WorkServices.Log(builder.Logging);
            builder.Services.AddSingleton(_ => folder).AddSingleton(_ => packs);
            WorkServices.Add(builder.Services, new WorkSetting(options.Workers, options.AttemptLimit), options.Jobs, backEnd, packs, folder.Scratch);
            replace?.Invoke(builder.Services);
            var host = builder.Build();
            _ = host.Services.GetRequiredService<WorkerFolder>(); // let go with the host, last of all
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await (backEnd?.DisposeAsync() ?? ValueTask.CompletedTask);
            folder.Dispose();
            throw;
        }
    }

    private static PackCatalogue PacksOf(WorkerOptions options) => options.Packs is { } named ? new PackCatalogue(Path.GetFullPath(named)) : PackCatalogue.Default;
}
