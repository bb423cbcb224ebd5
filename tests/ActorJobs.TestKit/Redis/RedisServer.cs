using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActorJobs.TestKit.Redis;

/// <summary>
/// A real <c>redis-server</c> in a process and a folder of its own, on a free loopback port; gone when disposed. <c>REDIS_SERVER</c> names another binary.
/// </summary>
/// <remarks>
/// The client cannot use Unix sockets, so that the port is a race in theory: somebody may take it between the question which is free and the start. Then
/// another one is tried.
/// </remarks>
public sealed class RedisServer : IAsyncDisposable
{
    private const int StartAttempts = 5;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("actorjobs-redis-");
    private readonly IReadOnlyList<string> settings;
    private readonly StringBuilder log = new();
    private Process? process;

    private RedisServer(IReadOnlyList<string> settings) => this.settings = settings;

    /// <summary>The settings every server here has, unless others are given: an append-only file that is flushed every second, and nothing is evicted.</summary>
    public static IReadOnlyList<string> Durable { get; } = ["--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction", "--save", ""];

    /// <summary>The port on 127.0.0.1; a restart keeps it.</summary>
    public int Port { get; private set; }

    /// <summary>Where it listens, as a connection string has it.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Its folder, with its files.</summary>
    public string Folder => folder.FullName;

    /// <summary>Its process.</summary>
    public int ProcessId => process!.Id;

    /// <summary>The last lines it has said, for the message of a test that fails.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return string.Join('\n', log.ToString().Split('\n').TakeLast(30));
        }
    }

    /// <summary>Starts a server; the settings of the command line come after the usual ones and win over them. Returns when it answers.</summary>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = new RedisServer([.. Durable, .. settings]) { Port = FreePort.Next() };
            try
            {
                await server.RestartAsync();
                return server;
            }
            catch (InvalidOperationException) when (attempt < StartAttempts && server.Log.Contains("Address already in use", StringComparison.Ordinal))
            {
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Starts it again on the same port with the same files, when it has been killed.</summary>
    public async Task RestartAsync()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("REDIS_SERVER") is { Length: > 0 } binary ? binary : "redis-server")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
            ArgumentList = { "--bind", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture), "--dir", Folder },
        };
        foreach (var setting in settings)
            start.ArgumentList.Add(setting);
        process?.Dispose();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ReadyAsync();
    }

    /// <summary>Stops its process without ending it (SIGSTOP): it keeps its connections and answers nothing.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>Ends <see cref="Pause"/>.</summary>
    public void Resume() => Signal("CONT");

    /// <summary>Ends it at once (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (process is null or { HasExited: true })
            return;
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Deadline);
    }

    /// <summary>Sends one command on a connection of its own and returns the answer as text, lists line by line.</summary>
    public async Task<string> SayAsync(params string[] command) => await RedisTalk.SayAsync(Port, command, Deadline);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task ReadyAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < Deadline)
        {
            if (process!.HasExited)
                break;
            try
            {
                var answer = await SayAsync("PING");
                if (!answer.StartsWith("-LOADING", StringComparison.Ordinal))
                    return;
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                await Task.Delay(10); // not listening yet
            }
        }

        throw new InvalidOperationException($"redis-server did not start at {Address}:\n{Log}");
    }

    private void Note(string? line)
    {
        lock (log)
            log.Append(line).Append('\n');
    }

    // the class library sends no signals
    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"redis-server {ProcessId} did not take the signal {signal}:\n{Log}");
    }
}
