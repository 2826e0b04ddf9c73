using System.CommandLine;
using Spotter.Exercises;
using Spotter.Onnx;
using Spotter.Packs;
using Spotter.StGcn;
using Spotter.Training.Checkpoints;
using Spotter.Video;
using Spotter.Web;
using Spotter.Words;

namespace Spotter.Cli;

/// <summary>Runs a command and turns what can go wrong into one sentence on stderr and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>The language of what is said; without it the system's, where Spotter speaks it.</summary>
    public static Option<string?> Language { get; } = new("--language")
    {
        Description = $"Language of texts and annotated clips: {string.Join(" or ", Texts.Languages)} (default: the system's).",
        HelpName = "NAME",
        Recursive = true,
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<string?>() is { } name && Texts.FindLanguage(name) is null)
                {
                    result.AddError($"Spotter does not speak '{name}': say {string.Join(" or ", Texts.Languages)}.");
                }
            },
        },
    };

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"spotter: {error.Message}");
            }

            await Console.Error.WriteLineAsync("spotter: add --help to see what a command takes.");
            return ExitCode.WrongUsage;
        }

        using var speech = Texts.Speak(parsed.GetValue(Language) is { } name ? Texts.FindLanguage(name) : null);
        using var stop = new CancellationTokenSource();
        using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGTERM, context => Stop(context, stop));
        using var control = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGINT, context => Stop(context, stop));
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("spotter: stopped; nothing half-written was left behind.");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            var (code, message) = Explain(e);
            await Console.Error.WriteLineAsync($"spotter: {message}");
            return code;
        }
    }

    private static (int Code, string Message) Explain(Exception exception) => exception switch
    {
        UsageException => (ExitCode.WrongUsage, exception.Message),
        BackEndException or MissingToolException => (ExitCode.Failed, exception.Message),
        VideoFormatException or PackFormatException or ExerciseFormatException or BackboneFormatException or ModelFormatException or CheckpointFormatException
            or IOException or UnauthorizedAccessException => (ExitCode.UnusableFile, exception.Message),
        _ => (ExitCode.Failed, $"something went wrong that should not have ({exception.GetType().Name}: {exception.Message}). Please report it with this:{Environment.NewLine}{exception.StackTrace}"),
    };

    private static void Stop(System.Runtime.InteropServices.PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}

/// <summary>A value on the command line that cannot be used; the message says what to give instead.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>The declaration of an exercise, if there is one.</summary>
    public static ExerciseDefinition Exercise(string name)
    {
        try
        {
            return ExerciseDefinition.Load(name);
        }
        catch (ExerciseFormatException e)
        {
            throw new UsageException($"--exercise {name}: {e.Message}");
        }
    }

    /// <summary>A number, if it lies within bounds.</summary>
    public static int Within(int value, int least, int most, string option) =>
        value >= least && value <= most ? value : throw new UsageException($"{option} {value}: give a number from {least} to {most}.");
}
