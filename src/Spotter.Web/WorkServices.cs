using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Spotter.Packs;
using Spotter.Web.Clips;
using Spotter.Web.Coaching;
using Spotter.Web.Jobs;
using Spotter.Web.Work;

namespace Spotter.Web;

/// <summary>What a server and a worker have in common: the back end and the work on its jobs.</summary>
internal static class WorkServices
{
    public static void Add(IServiceCollection services, WorkSetting setting, JobPolicy policy, BackEnd backEnd, PackCatalogue ownPacks, string scratchFolder)
    {
        // By a factory, so that it is closed with the host, after all that uses it.
        services.AddSingleton(_ => backEnd).AddSingleton(backEnd.Jobs).AddSingleton(backEnd.Clips);
        services.AddSingleton(setting with { IsShared = backEnd.IsShared }).AddSingleton(policy);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new Scratch(scratchFolder));
        services.AddSingleton(provider => new JudgingPacks(
            provider.GetService<PackShelf>(), ownPacks, provider.GetRequiredService<IClipStore>(), provider.GetRequiredService<Scratch>()));
        services.AddSingleton<IJobWork, ClipWork>().AddSingleton<IJobWork, LearnWork>().AddSingleton<IJobWork, FitWork>();
        services.AddSingleton<JobWorker>().AddHostedService(provider => provider.GetRequiredService<JobWorker>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
    }

    /// <summary>Warnings and errors to stderr.</summary>
    public static ILoggingBuilder Log(ILoggingBuilder logging)
    {
        logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }
}
