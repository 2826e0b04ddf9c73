using System.CommandLine;
using Spotter.Web;

namespace Spotter.Cli.Commands;

/// <summary><c>spotter worker</c>: judges the clips of a shared back end, on any machine.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var backEnd = new BackEndOptions(BackEndOptions.Firebase, BackEndOptions.Postgres);
        var workers = new Option<int>("--workers") { Description = "Clips judged at the same time.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var packs = new Option<string?>("--packs") { Description = "Folder with exercise packs and their backbone (default: those that ship with Spotter).", HelpName = "DIR" };
        var scratch = new Option<string>("--scratch")
        {
            Description = "Folder for what is being worked on; any number of workers may share it.",
            DefaultValueFactory = _ => WorkerOptions.DefaultFolder,
            HelpName = "DIR",
        };
        var command = new Command("worker", "Judges clips that spotter serve takes, on this or any other machine that reaches the same back end.") { workers, packs, scratch };
        backEnd.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new WorkerOptions
            {
                BackEnd = backEnd.Read(parsed),
                Jobs = backEnd.PolicyOf(parsed),
                Workers = UsageException.Within(parsed.GetValue(workers), 1, 64, "--workers"),
                Packs = parsed.GetValue(packs),
                Folder = parsed.GetRequiredValue(scratch),
            };
            await WorkerHost.RunAsync(options, () => Console.Error.WriteLine($"spotter: waiting for clips ({backEnd.KindOf(parsed)}; Ctrl-C stops)"), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
