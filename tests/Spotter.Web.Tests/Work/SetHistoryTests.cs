using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Spotter.Scoring;
using Spotter.Web.Clips;
using Spotter.Web.Jobs;
using Spotter.Web.Tests.Serving;
using Spotter.Web.Work;

namespace Spotter.Web.Tests.Work;

/// <summary>The history with a store for clips that is far away.</summary>
public sealed class SetHistoryTests
{
    [Fact]
    public async Task Measures_OfManySets_AreReadSeveralAtOnceAndOnce()
    {
        await using var server = await TestServer.StartAsync(options => options with { Workers = 0 }, services =>
        {
            var inner = (IClipStore)services.Single(service => service.ServiceType == typeof(IClipStore)).ImplementationInstance!;
            var slow = DispatchProxy.Create<IClipStore, Slow>();
            ((Slow)slow).Inner = inner;
            services.RemoveAll<IClipStore>();
            services.AddSingleton(slow);
        });
        var (clips, history) = (server.Services.GetRequiredService<IClipStore>(), server.Services.GetRequiredService<SetHistory>());
        using var folder = new TemporaryFolder();
        var sets = new List<HistorySet>();
        for (var i = 0; i < 40; i++)
        {
            var (id, attempt) = (JobId.New(), JobId.New());
            await File.WriteAllTextAsync(folder.File("insight"), new Insight { Measures = [new MeasuredSet($"measure-{i}", "degrees", 0, 1, [i])] }.ToJson());
            await clips.SaveAsync(new ClipName(id, attempt, ResultFiles.Insight), folder.File("insight"));
            var job = (await server.Services.GetRequiredService<IJobStore>().EnqueueAsync(new NewJob { Id = id, Kind = ClipRequest.Kind, Details = "{}" }));
            sets.Add(new HistorySet(job, null, new ClipOutcome { Attempt = attempt, Verdict = Verdict.Correct, Files = [ResultFiles.Insight] }));
        }

        var first = await history.MeasuresAsync(sets, CancellationToken.None);
        var again = await history.MeasuresAsync(sets, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"measure-{i}"), first.Select(measures => measures.Single().Measure));
        Assert.Equal(first, again);
        Assert.InRange(((Slow)clips).Most, 2, 16);
        Assert.Equal(40, ((Slow)clips).Opened);
    }

    /// <summary>A store that takes its time to open a file, and counts how many are opened at once.</summary>
    public class Slow : DispatchProxy
    {
        private readonly Lock counting = new();
        private int now;

        public IClipStore Inner { get; set; } = null!;

        public int Most { get; private set; }

        public int Opened { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IClipStore.OpenAsync) ? OpenAsync((ClipName)args![0]!) : targetMethod.Invoke(Inner, args);

        private async Task<StoredFile?> OpenAsync(ClipName name)
        {
            lock (counting)
            {
                (Opened, Most) = (Opened + 1, Math.Max(Most, ++now));
            }

            await Task.Delay(50);
            var file = await Inner.OpenAsync(name);
            lock (counting)
            {
                now--;
            }

            return file;
        }
    }
}
