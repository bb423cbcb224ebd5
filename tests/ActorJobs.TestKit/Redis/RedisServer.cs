using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

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
    private const int LogLines = 30;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    // an append-only file that is flushed every second, and nothing is evicted; lines that come later win
    private static readonly string[] Durable = ["appendonly yes", "appendfsync everysec", "maxmemory-policy noeviction", "save \"\""];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("actorjobs-redis-");
    private readonly Queue<string> log = new(); // guarded by itself
    private readonly string[] arguments;
    private readonly string? password;
    private Process? process;

    private RedisServer(int port, IEnumerable<string> settings, string[] arguments, string? password)
    {
        (Port, this.arguments, this.password) = (port, arguments, password);
        string[] own = ["bind 127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"port {port}"), $"dir {Folder}"];
        File.WriteAllLines(ConfigurationFile, [.. own, .. settings]);
    }

    /// <summary>The port on 127.0.0.1; a restart keeps it.</summary>
    public int Port { get; }

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
                return string.Join('\n', log);
        }
    }

    private string ConfigurationFile => Path.Combine(Folder, "redis.conf");

    /// <summary>Starts a server with an append-only file and without eviction; returns when it answers.</summary>
    /// <param name="settings">Further lines of its configuration file; they win over the usual ones.</param>
    public static Task<RedisServer> StartAsync(params string[] settings) => StartAsync([.. Durable, .. settings], [], null);

    /// <summary>Starts a server that wants a password.</summary>
    public static Task<RedisServer> StartWithPasswordAsync(string password, params string[] settings) =>
        StartAsync([.. Durable, $"requirepass {password}", .. settings], [], password);

    /// <summary>Starts a Sentinel that alone decides about a service, after half a second without an answer.</summary>
    public static Task<RedisServer> StartSentinelAsync(string service, RedisServer primary) => StartAsync(
        [
            string.Create(CultureInfo.InvariantCulture, $"sentinel monitor {service} 127.0.0.1 {primary.Port} 1"),
            $"sentinel down-after-milliseconds {service} 500",
            $"sentinel failover-timeout {service} 10000",
        ],
        ["--sentinel"],
        null);

    /// <summary>Starts it again on the same port with the same files, when it has been killed.</summary>
    public async Task RestartAsync()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("REDIS_SERVER") is { Length: > 0 } binary ? binary : "redis-server")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
            ArgumentList = { ConfigurationFile },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
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

    /// <summary>Sends one command on a connection of its own and returns the answer as text, lists line by line; refusals begin with <c>-</c>.</summary>
    public Task<string> SayAsync(params string[] command) => RedisTalk.SayAsync(Port, password, command, Deadline);

    /// <summary>Waits until an answer is as expected, and fails with the last answer when it never is.</summary>
    public async Task UntilAsync(Func<string, bool> isSo, params string[] command)
    {
        var begun = Stopwatch.GetTimestamp();
        string answer;
        do
        {
            try
            {
                answer = await SayAsync(command);
            }
            catch (IOException closed)
            {
                answer = closed.Message; // a Sentinel that makes a server primary or replica closes its connections
            }

            if (isSo(answer))
                return;
            await Task.Delay(20);
        }
        while (Stopwatch.GetElapsedTime(begun) < Deadline);
        throw new InvalidOperationException($"redis-server at {Address} still answers '{string.Join(' ', command)}' with:\n{answer}\nIts log:\n{Log}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private static async Task<RedisServer> StartAsync(string[] settings, string[] arguments, string? password)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = new RedisServer(FreePort.Next(), settings, arguments, password);
            try
            {
                await server.RestartAsync();
                return server;
            }
            catch (InvalidOperationException)
            {
                var isTaken = server.Log.Contains("Address already in use", StringComparison.Ordinal);
                await server.DisposeAsync();
                if (!isTaken || attempt == StartAttempts)
                    throw;
            }
        }
    }

    private async Task ReadyAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < Deadline && !process!.HasExited)
        {
            try
            {
                if (!(await SayAsync("PING")).StartsWith("-LOADING", StringComparison.Ordinal))
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
        {
            log.Enqueue(line ?? "");
            if (log.Count > LogLines)
                log.Dequeue();
        }
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
