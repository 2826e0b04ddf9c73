using System.Diagnostics;

namespace Spotter.Tests;

/// <summary>A PostgreSQL server of this machine's programs with a fresh cluster, reached by a Unix socket alone. It ends and goes with the process that started it, however that ends.</summary>
internal sealed class TemporaryPostgres : IAsyncDisposable
{
    private const string User = "spotter";

    // Reads its input until it ends, which is when whoever started it stops it, ends or is killed.
    private const string Script = """
        trap '' INT TERM HUP
        dir=$(mktemp -d /tmp/spotter-postgres-XXXXXX) && cd "$dir" || exit 1
        trap 'rm -rf "$dir"' EXIT
        "$1/initdb" -D data -A trust -U "$2" -E UTF8 --no-locale --no-sync >log 2>&1 || { cat log >&2; exit 1; }
        "$1/postgres" -D data -k "$dir" -c listen_addresses= -c max_connections=200 -c shared_buffers=64MB -c fsync="$3" -c synchronous_commit="$3" -c full_page_writes="$3" >log 2>&1 &
        server=$!
        until [ -S "$dir/.s.PGSQL.5432" ] && grep -q 'ready to accept connections' log; do
          kill -0 $server 2>/dev/null || { cat log >&2; exit 1; }
          sleep 0.05
        done
        echo "$dir"
        cat >/dev/null
        kill -QUIT $server
        wait $server
        """;

    private readonly Process process;

    private TemporaryPostgres(Process process, string folder)
    {
        this.process = process;
        Address = $"Host={folder};Username={User};Database=postgres";
    }

    /// <summary>How to reach it.</summary>
    public string Address { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="isDurable">Whether a commit waits for the disk, as it does in earnest.</param>
    /// <returns>The server; null where PostgreSQL is not installed.</returns>
    public static async Task<TemporaryPostgres?> StartAsync(bool isDurable = false)
    {
        if (FindPrograms() is not { } programs)
        {
            return null;
        }

        // The server refuses to run as root.
        string[] asOther = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];
        string[] command = [.. asOther, "/bin/sh", "-c", Script, "postgres", programs, User, isDurable ? "on" : "off"];
        var started = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        if (await started.StandardOutput.ReadLineAsync() is { } folder)
        {
            return new TemporaryPostgres(started, folder);
        }

        throw new InvalidOperationException($"PostgreSQL did not start: {await started.StandardError.ReadToEndAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string? FindPrograms()
    {
        const string Debian = "/usr/lib/postgresql";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(Directory.Exists(Debian) ? Directory.EnumerateDirectories(Debian).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : []);
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }
}
