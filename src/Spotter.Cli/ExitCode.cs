namespace Spotter.Cli;

/// <summary>What the process returns; part of the command line's contract.</summary>
internal static class ExitCode
{
    /// <summary>The clip was judged, whatever the verdict; or the command did what was asked.</summary>
    public const int Done = 0;

    /// <summary>Something else went wrong.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>An input cannot be read, or an output cannot be written.</summary>
    public const int UnusableFile = 3;

    /// <summary>The clip cannot be judged.</summary>
    public const int CannotJudge = 4;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
