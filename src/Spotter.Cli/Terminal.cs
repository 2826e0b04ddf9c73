using Spectre.Console;

namespace Spotter.Cli;

/// <summary>The console that results are written to.</summary>
internal static class Terminal
{
    // A pipe has no width: lines are for the program behind it to break.
    private const int PipeWidth = 1000;

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Out { get; } = Create();

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }
}
