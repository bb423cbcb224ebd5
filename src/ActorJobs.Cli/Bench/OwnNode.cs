using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ActorJobs.Cli;

/// <summary>A node that the benchmark starts for itself, on a free port, with its store in a folder that goes with it.</summary>
internal sealed partial class OwnNode : IAsyncDisposable
{
    public const string DefaultServer = "actorjobs-server";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    // as docs/operations.md has it for production
    private static readonly string[] RedisSettings = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("actorjobs-bench-");
    private readonly TimeProvider time;
    private OwnProcess? redis;
    private OwnProcess? server;

    private OwnNode(TimeProvider time) => this.time = time;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Where its redis-server listens; null when its store is another one.</summary>
    public string? RedisAddress { get; private set; }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="store">memory, sqlite or redis; with redis a redis-server is started beside it.</param>
    /// <param name="program">The node's program.</param>
    /// <param name="workers">Slots of its pool; null for the node's default.</param>
    /// <param name="host">Clock and environment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OwnNode> StartAsync(string store, string program, int? workers, CliHost host, CancellationToken cancellationToken)
    {
        var node = new OwnNode(host.Time);
        try
        {
            if (store == "redis")
                await node.StartRedisAsync(host.Environment("REDIS_SERVER") is { Length: > 0 } binary ? binary : "redis-server", cancellationToken);
            await node.StartServerAsync(store, program, workers, cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        if (redis is not null)
            await redis.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task StartServerAsync(string store, string program, int? workers, CancellationToken cancellationToken)
    {
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> arguments = ["--urls=http://127.0.0.1:0", $"--ActorJobs:Store={store}", "--ActorJobs:Sqlite:Path=bench.db", $"--ActorJobs:Redis:Connection={RedisAddress}"];
        if (workers is { } size)
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"--ActorJobs:Pools:default:Size={size}"));
        // a path is meant from here, not from the node's folder
        server = new OwnProcess(File.Exists(program) ? Path.GetFullPath(program) : program, arguments, folder.FullName, line =>
        {
            if (ReadyAt().Match(line) is { Success: true } match)
                ready.TrySetResult(new Uri(match.Groups["url"].Value + "/"));
        });
        var ended = server.EndAsync(cancellationToken);
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(Patience, time, cancellationToken) == ended)
            throw new UsageException($"'{program}' ended before it was ready:{Environment.NewLine}{server.Said}");
        Address = await ready.Task;
    }

    private async Task StartRedisAsync(string program, CancellationToken cancellationToken)
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        RedisAddress = $"127.0.0.1:{port}";
        redis = new OwnProcess(program, ["--bind", "127.0.0.1", "--port", port, "--dir", folder.FullName, .. RedisSettings], folder.FullName, _ => { });
        var (info, began) = (new RedisServerUsage(RedisAddress, null), time.GetTimestamp());
        while (true)
        {
            try
            {
                await info.ReadAsync(cancellationToken);
                return;
            }
            catch (IOException) when (!redis.HasEnded && time.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Look, time, cancellationToken); // not listening yet
            }
            catch (IOException)
            {
                throw new UsageException($"'{program}' does not start:{Environment.NewLine}{redis.Said}");
            }
        }
    }

    // somebody may take it before redis-server does: then that says so and ends
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("""Ready at (\\")?(?<url>http://[^\s,"\\]+)""")]
    private static partial Regex ReadyAt();
}
