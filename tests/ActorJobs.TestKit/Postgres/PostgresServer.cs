using System.Diagnostics;
using System.Globalization;

namespace ActorJobs.TestKit.Postgres;

/// <summary>
/// A real PostgreSQL in a process and a folder of its own, on a Unix socket; gone when disposed. <c>POSTGRES_BIN</c> names another folder of binaries.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("actorjobs-pg-");
    private Process? process;

    private PostgresServer()
    {
    }

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? Missing => Binaries is null ? "PostgreSQL is not installed (Debian: apt-get install postgresql)." : null;

    /// <summary>Where it listens, as a connection string of Npgsql.</summary>
    public string Connection => $"Host={folder.FullName};Username=actorjobs;Database=postgres;Pooling=true";

    private static string? Binaries { get; } = Find();

    /// <summary>Makes an empty server and starts it; returns when it answers.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        try
        {
            // it refuses to run as root, and so needs a folder in which somebody else may write
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(server.folder.FullName, (UnixFileMode)0b111_111_111);
            await RunAsync("initdb", "-D", server.Data, "-U", "actorjobs", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8");
            server.process = Start("postgres", "-D", server.Data, "-k", server.folder.FullName, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "logging_collector=on");
            await server.ReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            // at once and with its children, without waiting for clients (SIGQUIT)
            using var quit = Process.Start("kill", ["-QUIT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await quit.WaitForExitAsync();
            await process.WaitForExitAsync().WaitAsync(Deadline);
        }

        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private string Data => Path.Combine(folder.FullName, "data");

    private static async Task RunAsync(string name, params string[] arguments)
    {
        using var run = Start(name, arguments);
        var output = await run.StandardOutput.ReadToEndAsync();
        var errors = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync().WaitAsync(Deadline);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"{name} ended with {run.ExitCode}:\n{output}\n{errors}");
    }

    private async Task ReadyAsync()
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                await RunAsync("pg_isready", "-h", folder.FullName, "-t", "0");
                return;
            }
            catch (InvalidOperationException) when (Stopwatch.GetElapsedTime(began) < Deadline && process is { HasExited: false })
            {
                await Task.Delay(50); // not listening yet
            }
        }
    }

    private static Process Start(string name, params string[] arguments)
    {
        string[] command = [Path.Combine(Binaries!, name), .. arguments];
        if (Environment.IsPrivilegedProcess)
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = name != "postgres",
            RedirectStandardError = name != "postgres",
            WorkingDirectory = "/",
            Environment = { ["LC_ALL"] = "C.UTF-8" },
        };
        return Process.Start(start)!;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("POSTGRES_BIN") is { Length: > 0 } named)
            return named;
        const string Debian = "/usr/lib/postgresql";
        return Directory.Exists(Debian)
            ? Directory.EnumerateDirectories(Debian).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
    }
}
