using Spotter.Packs;

namespace Spotter.Web.Coaching;

/// <summary>What a pack rests on and how far it can be trusted.</summary>
/// <param name="Version">What it calls itself.</param>
/// <param name="FalseAlarmRate">Share of correct repetitions that it may flag.</param>
/// <param name="Backbone">The feature network.</param>
/// <param name="Command">What made it.</param>
/// <param name="Data">The recordings behind it.</param>
/// <param name="Views">For each view, the evaluation.</param>
internal sealed record PackReport(string Version, double FalseAlarmRate, string Backbone, string Command, IReadOnlyList<PackData> Data, IReadOnlyList<ViewReport> Views)
{
    public static PackReport Of(ExercisePack pack) => new(
        pack.Version, pack.FalseAlarmRate, pack.Backbone.Name, pack.Origin.Command, pack.Origin.Data, [.. pack.Views.Select(view => ViewReport.Of(view, pack.FalseAlarmRate))]);
}

/// <summary>The evaluation of one view of a pack.</summary>
/// <param name="View">front, side or diagonal.</param>
/// <param name="Repetitions">Good repetitions behind it.</param>
/// <param name="Sessions">Sessions that they come from.</param>
/// <param name="CanFlag">Whether there are enough to call anything wrong.</param>
/// <param name="Low">Lower end of the true share of false alarms, 95 %.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="Judged">Good repetitions judged by the scores of the other sessions.</param>
/// <param name="Flagged">Of these, how many are flagged: false alarms that were observed.</param>
/// <param name="BySession">The same for each session.</param>
internal sealed record ViewReport(
    string View, int Repetitions, int Sessions, bool CanFlag, double Low, double High, int Judged, int Flagged, IReadOnlyList<SessionReport> BySession)
{
    public static ViewReport Of(ViewModelState view, double rate)
    {
        var calibration = new ViewModel(view).Fusion.Calibration;
        var canFlag = calibration.Supports(rate);
        var (low, high) = canFlag ? calibration.FalseAlarmInterval(rate) : (0, 1);
        SessionReport[] observed = [.. calibration.ObservedFalseAlarms(rate).Select(session => new SessionReport(session.Judged, session.Flagged))];
        return new ViewReport(
            view.View.ToString().ToLowerInvariant(), calibration.Count, calibration.SessionCount, canFlag, low, high,
            observed.Sum(session => session.Judged), observed.Sum(session => session.Flagged), observed);
    }
}

/// <summary>False alarms observed in one session.</summary>
/// <param name="Judged">Its good repetitions.</param>
/// <param name="Flagged">Of these, how many are flagged.</param>
internal sealed record SessionReport(int Judged, int Flagged);
