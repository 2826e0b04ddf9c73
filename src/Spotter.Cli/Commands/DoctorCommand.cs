using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Video;

namespace Spotter.Cli.Commands;

/// <summary><c>spotter doctor</c>: what is installed, what is missing, what to do.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Tells what is installed, what is missing, and what to do about it.");
        command.SetAction(async (_, cancellationToken) =>
        {
            var checks = await ExamineAsync(cancellationToken);
            Print(Terminal.Out, checks);
            return checks.All(check => check.Well) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    internal static void Print(IAnsiConsole console, IReadOnlyList<Check> checks)
    {
        foreach (var check in checks)
        {
            console.MarkupLine($"{(check.Well ? "[green]ok[/]     " : "[red]missing[/]")}  {Markup.Escape($"{check.Subject,-14}  {check.Detail}")}");
        }
    }

    private static async Task<IReadOnlyList<Check>> ExamineAsync(CancellationToken cancellationToken)
    {
        var checks = new List<Check>
        {
            new("system", true, string.Create(CultureInfo.InvariantCulture,
                $"{System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}, {Environment.ProcessorCount} processors")),
            await ProgramAsync("ffmpeg", "reads and writes clips: sudo apt-get install ffmpeg", cancellationToken),
            await ProgramAsync("ffmpeg", "an ffmpeg with libx264 writes the annotated clips: sudo apt-get install ffmpeg", cancellationToken, "-encoders", " libx264 "),
            await ProgramAsync("ffprobe", "comes with ffmpeg: sudo apt-get install ffmpeg", cancellationToken),
            new("decoding", true,
                (Ffmpeg.IsLimited ? "with limits on memory and processor time" : "without limits on memory and processor time, as prlimit (util-linux) is missing")
                + (Ffmpeg.IsCutOff ? ", cut off from the network" : ", not cut off from the network, as this system allows no network namespace (unshare); files and pipes only, as ffmpeg itself keeps it")),
            await ProgramAsync("dotnet", "builds Spotter: install the .NET 10 SDK (package dotnet-sdk-10.0)", cancellationToken, "--list-sdks", "10."),
            await ProgramAsync("node", "with npm it fetches the pose models: sudo apt-get install nodejs npm", cancellationToken, "--version"),
            LibTorch(),
        };
        var models = PoseModels.Default();
        checks.Add(new Check("pose models", models.Problem() is null, models.Problem() ?? "lite, full and heavy, with the person detector"));

        var packs = PackCatalogue.Default;
        checks.Add(Try("backbone", () => packs.BackbonePath));
        checks.Add(Try("exercise packs", () => packs.Names is { Count: > 0 } names
            ? string.Join(", ", names)
            : throw new PackFormatException($"no pack in {packs.Folder}: make one with spotter train")));
        return checks;
    }

    // Only training loads libtorch; asking whether its file is there does not load it.
    private static Check LibTorch() => File.Exists(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"))
        ? new("libtorch", true, "trains networks (spotter train --fine-tune)")
        : new("libtorch", false, "spotter train --fine-tune needs it: run ./spotter doctor from a checkout, which restores and builds it");

    // The program must run and say what is wanted of it, where something is; the first line that does is shown.
    private static async Task<Check> ProgramAsync(string name, string advice, CancellationToken cancellationToken, string question = "-version", string wanted = "")
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(name, question) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var complaint = process.StandardError.ReadToEndAsync(cancellationToken);
            var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await complaint;
            await process.WaitForExitAsync(cancellationToken);
            var line = text.Split('\n').FirstOrDefault(line => line.Contains(wanted, StringComparison.Ordinal));
            return process.ExitCode == 0 && line is not null ? new Check(name, true, line.Trim()) : new Check(name, false, advice);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new Check(name, false, advice);
        }
    }

    private static Check Try(string subject, Func<string> find)
    {
        try
        {
            return new Check(subject, true, find());
        }
        catch (Exception e) when (e is PackFormatException or IOException or UnauthorizedAccessException)
        {
            return new Check(subject, false, e.Message);
        }
    }

    /// <summary>One thing looked at.</summary>
    internal sealed record Check(string Subject, bool Well, string Detail);
}
