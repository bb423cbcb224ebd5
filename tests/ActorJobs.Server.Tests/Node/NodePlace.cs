using ActorJobs.Client;
using ActorJobs.TestKit.Processes;

namespace ActorJobs.Server.Tests.Node;

/// <summary>A folder with a node's store, in which a node is started, ended and started again.</summary>
internal sealed class NodePlace : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<ServerProcess> started = [];
    private HttpClient? http;

    public string Folder { get; } = Directory.CreateTempSubdirectory("actorjobs-node-").FullName;

    public ServerProcess Process => started[^1];

    public HttpClient Http => http!;

    public ActorJobsClient Client { get; private set; } = null!;

    /// <summary>A node that is ready.</summary>
    public static async Task<NodePlace> StartNewAsync(params string[] arguments)
    {
        var place = new NodePlace();
        await place.StartAsync(arguments);
        return place;
    }

    /// <summary>Starts a node and waits until it is ready.</summary>
    public async Task StartAsync(params string[] arguments)
    {
        var url = await Run(["--urls=http://127.0.0.1:0", .. arguments]).ReadyAsync();
        http?.Dispose();
        http = new HttpClient { BaseAddress = url, Timeout = Patience };
        Client = new ActorJobsClient(http);
    }

    /// <summary>Starts a process and waits for nothing.</summary>
    public ServerProcess Run(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var process = new ServerProcess(Folder, arguments, environment);
        started.Add(process);
        return process;
    }

    public void Write(string file, string content)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    /// <summary>The first state of a job that <paramref name="accept"/> takes, as its watchers see it.</summary>
    public async Task<Job> UntilAsync(string id, Func<Job, bool> accept)
    {
        using var patience = new CancellationTokenSource(Patience);
        Job? last = null;
        try
        {
            await foreach (var job in Client.WatchJobAsync(id, patience.Token))
            {
                last = job;
                if (accept(job))
                    return job;
            }
        }
        catch (OperationCanceledException)
        {
            // told below
        }

        last = await Client.GetJobAsync(id, CancellationToken.None);
        return accept(last) ? last : throw new TimeoutException($"Job {id} is {last.State}, attempt {last.Attempt}.\n{Process.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        foreach (var process in started)
            await process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
