using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Spotter.OneClass;
using Spotter.Packs;

namespace Spotter.Cli.Commands;

/// <summary><c>spotter exercises</c>: the packs installed and how far each can be trusted.</summary>
internal static class ExercisesCommand
{
    public static Command Create()
    {
        var command = new Command("exercises", "Lists the exercise packs, with how much data each rests on.");
        command.SetAction(_ =>
        {
            var catalogue = PackCatalogue.Default;
            Write(Terminal.Out, catalogue.LoadUsable(out var unusable));
            foreach (var failure in unusable.Values)
            {
                Console.Error.WriteLine($"spotter: {failure.Message}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    internal static void Write(IAnsiConsole console, IReadOnlyList<ExercisePack> packs)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("exercise", "view", "correct repetitions", "sessions", "false alarms at the set rate, 95 %", "version");
        foreach (var pack in packs)
        {
            foreach (var view in pack.Views)
            {
                var calibration = new ViewModel(view).Fusion.Calibration;
                table.AddRow(
                    pack.Definition.Name,
                    view.View.ToString().ToLowerInvariant(),
                    calibration.Count.ToString(CultureInfo.InvariantCulture),
                    calibration.SessionCount.ToString(CultureInfo.InvariantCulture),
                    Trust(calibration, pack.FalseAlarmRate),
                    pack.Version);
            }
        }

        console.Write(table);
    }

    /// <summary>How sure a view's verdicts are: the asked false-alarm rate and where the true one lies, or what is missing for any verdict.</summary>
    internal static string Trust(ConformalCalibration calibration, double rate)
    {
        if (!calibration.Supports(rate))
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"no verdicts at {rate:0 %} yet: {calibration.Count} of {ConformalCalibration.MinimumRepetitions(rate)} correct repetitions");
        }

        var (low, high) = calibration.FalseAlarmInterval(rate);
        return string.Create(CultureInfo.InvariantCulture, $"{rate:0 %} ({low:0 %} to {high:0 %})");
    }
}
