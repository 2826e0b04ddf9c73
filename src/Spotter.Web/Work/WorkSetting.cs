namespace Spotter.Web.Work;

/// <summary>How a process works on jobs.</summary>
/// <param name="Workers">Jobs done at the same time; 0 for none.</param>
/// <param name="AttemptLimit">Longest time one attempt may take.</param>
internal sealed record WorkSetting(int Workers, TimeSpan AttemptLimit);
