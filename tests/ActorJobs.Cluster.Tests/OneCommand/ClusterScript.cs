using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Cluster.Tests.OneCommand;

/// <summary>The script <c>cluster</c> at work, with free ports and a folder of its own.</summary>
internal sealed class ClusterScript : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("actorjobs-script-");
    private readonly Channel<string> said = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> all = new();
    private readonly Process process;

    private ClusterScript(int redisPort, IReadOnlyDictionary<string, string> environment)
    {
        RedisPort = redisPort;
        var start = new ProcessStartInfo(
            Repository.PathOf("cluster"),
            ["--port", "0", "--redis-port", redisPort.ToString(CultureInfo.InvariantCulture), "--data", Data, "--server", Repository.Server])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int RedisPort { get; }

    public string Data => Path.Combine(folder.FullName, "data");

    /// <summary>The addresses of the nodes, in the order in which they were said.</summary>
    public IReadOnlyList<Uri> Nodes { get; private set; } = [];

    /// <summary>Starts it and waits until it says that all is ready.</summary>
    public static async Task<ClusterScript> StartAsync(IReadOnlyDictionary<string, string> environment)
    {
        var script = new ClusterScript(FreePort.Next(), environment);
        var nodes = new List<Uri>();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            while (await script.said.Reader.ReadAsync(deadline.Token) is var line && !line.StartsWith("Ready", StringComparison.Ordinal))
                if (line.StartsWith("node", StringComparison.Ordinal))
                    nodes.Add(new Uri(line.Split("  ")[1]));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            await script.DisposeAsync();
            throw new InvalidOperationException($"The script did not say that it is ready:\n{string.Join('\n', script.all)}");
        }

        script.Nodes = nodes;
        return script;
    }

    /// <summary>What Ctrl-C does: SIGINT. Returns the exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync().WaitAsync(Patience);
        }

        process.Dispose();
        folder.Delete(recursive: true);
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        all.Enqueue(line);
        said.Writer.TryWrite(line);
    }
}
