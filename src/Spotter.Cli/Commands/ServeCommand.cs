using System.CommandLine;
using Spotter.Web;

namespace Spotter.Cli.Commands;

/// <summary><c>spotter serve</c>: the web app.</summary>
internal static class ServeCommand
{
    private const string KeyVariable = "SPOTTER_ACCESS_KEY";

    public static Command Create()
    {
        var urls = new Option<string[]>("--urls")
        {
            Description = $"Addresses to listen on. Any but this machine's own needs an access key, in the environment variable {KeyVariable} or --access-key-file.",
            DefaultValueFactory = _ => [ServeOptions.DefaultUrl],
            AllowMultipleArgumentsPerToken = true,
            HelpName = "URL",
        };
        var data = new Option<string>("--data") { Description = "Folder for clips, results and what was learnt.", DefaultValueFactory = _ => ServeOptions.DefaultDataFolder, HelpName = "DIR" };
        var keyFile = new Option<string?>("--access-key-file") { Description = "File whose first line is the access key.", HelpName = "FILE" };
        var workers = new Option<int>("--workers") { Description = "Clips judged at the same time; 0 leaves them to spotter worker, here or elsewhere.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var keepDays = new Option<int?>("--keep-days")
        {
            Description = "Each hour, delete clips that came to their end (judged, set aside or cancelled) more than so many days ago, with their results. What waits or is being judged stays, "
                + "and what teaches does: examples, trainings, and clips that somebody labelled on this server. Without it all stay until a person deletes them.",
            HelpName = "N",
        };
        var publicHosts = new Option<string[]>("--public-host")
        {
            Description = "Name by which others reach this server through a proxy on this machine; needs an access key.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "NAME",
        };
        var backEnd = new BackEndOptions(BackEndOptions.Embedded, BackEndOptions.Firebase, BackEndOptions.Postgres);
        var command = new Command("serve", "Runs the web app: upload a clip, watch it being judged, see what to change.") { urls, data, keyFile, publicHosts, workers, keepDays };
        backEnd.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new ServeOptions
            {
                Urls = [.. parsed.GetRequiredValue(urls).SelectMany(url => url.Split(';', StringSplitOptions.RemoveEmptyEntries))],
                DataFolder = parsed.GetRequiredValue(data),
                AccessKey = ReadKey(parsed.GetValue(keyFile)),
                PublicHosts = parsed.GetValue(publicHosts) ?? [],
                Workers = UsageException.Within(parsed.GetValue(workers), 0, 64, "--workers"),
                BackEnd = backEnd.Read(parsed),
                Jobs = backEnd.PolicyOf(parsed),
                DirectUpload = backEnd.DirectUploadOf(parsed),
                Retention = parsed.GetValue(keepDays) is { } days ? TimeSpan.FromDays(UsageException.Within(days, 1, 36500, "--keep-days")) : null,
            };
            try
            {
                await WebServer.RunAsync(options, addresses => Console.Error.WriteLine($"spotter: open {string.Join(" or ", addresses)} (Ctrl-C stops)"), cancellationToken);
            }
            catch (ArgumentException e)
            {
                throw new UsageException(e.Message.Split(" (Parameter", 2)[0]);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string? ReadKey(string? file)
    {
        if (file is null)
        {
            return Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null;
        }

        return File.ReadLines(file).FirstOrDefault()?.Trim() is { Length: > 0 } line
            ? line
            : throw new UsageException($"--access-key-file {file}: its first line is empty; put the access key there.");
    }
}
