using System.CommandLine;
using Spotter.Web;
using Spotter.Web.Embedded;
using Spotter.Web.Postgres;

namespace Spotter.Cli.Commands;

/// <summary>Which back end, and where it is: by option, or by an environment variable, which other users of the machine cannot see.</summary>
internal sealed class BackEndOptions
{
    public const string Embedded = "embedded";
    public const string Postgres = "postgres";

    private const string AddressVariable = "SPOTTER_POSTGRES";
    private const string ClipsVariable = "SPOTTER_CLIPS";

    private readonly Option<string> kind;
    private readonly Option<string?> address = new("--postgres")
    {
        Description = $"For postgres: the database, postgresql://user:password@host/database or Host=…;Username=…;Database=… (or the environment variable {AddressVariable}).",
        HelpName = "ADDRESS",
    };

    private readonly Option<string?> clips = new("--clips")
    {
        Description = $"For postgres: where clips and results are kept, a folder that all machines have mounted (or {ClipsVariable}).",
        HelpName = "DIR",
    };

    /// <summary>Options for some kinds of back end.</summary>
    /// <param name="kinds">The kinds; the first is the default where it is the embedded one, else one must be named.</param>
    public BackEndOptions(params string[] kinds)
    {
        kind = new Option<string>("--backend") { Description = "What keeps jobs and clips.", Required = kinds[0] != Embedded };
        if (!kind.Required)
        {
            kind.DefaultValueFactory = _ => kinds[0];
        }

        kind.AcceptOnlyFromAmong(kinds);
    }

    public void AddTo(Command command)
    {
        command.Add(kind);
        command.Add(address);
        command.Add(clips);
    }

    /// <summary>The kind that was chosen.</summary>
    public string KindOf(ParseResult parsed) => parsed.GetRequiredValue(kind);

    /// <summary>How to open what was chosen.</summary>
    /// <exception cref="UsageException">Something is not said, or said for another kind.</exception>
    public OpenBackEnd Read(ParseResult parsed)
    {
        if (KindOf(parsed) == Postgres)
        {
            return PostgresBackEnd.WithFolder(
                Said(parsed, address, AddressVariable) ?? throw Missing("the address of the database", address, AddressVariable),
                Said(parsed, clips, ClipsVariable) ?? throw Missing("the folder for clips that all machines share", clips, ClipsVariable));
        }

        foreach (var option in (Option<string?>[])[address, clips])
        {
            if (parsed.GetValue(option) is not null)
            {
                throw new UsageException($"{option.Name} is for --backend {Postgres}; the embedded back end keeps everything in --data.");
            }
        }

        return EmbeddedBackEnd.OpenAsync;
    }

    private static string? Said(ParseResult parsed, Option<string?> option, string variable) =>
        parsed.GetValue(option) ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null);

    private static UsageException Missing(string what, Option<string?> option, string variable) =>
        new($"--backend {Postgres} needs {what}: give it by {option.Name} or in the environment variable {variable}.");
}
