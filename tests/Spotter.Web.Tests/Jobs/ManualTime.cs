namespace Spotter.Web.Tests.Jobs;

/// <summary>A clock that stands until it is moved.</summary>
public sealed class ManualTime : TimeProvider
{
    private DateTimeOffset now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan set;

    public override DateTimeOffset GetUtcNow() => now + set;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now.Ticks;

    public void Pass(TimeSpan time) => now += time;

    /// <summary>Sets the clock to another time, without any time passing.</summary>
    public void Set(TimeSpan by) => set += by;
}
