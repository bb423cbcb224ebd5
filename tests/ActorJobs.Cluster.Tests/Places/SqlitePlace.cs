using ActorJobs.Client;
using ActorJobs.TestKit.Processes;

namespace ActorJobs.Cluster.Tests;

/// <summary>One node on the embedded store, as a process that is killed and started again over the same file.</summary>
internal sealed class SqlitePlace : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("actorjobs-sqlite-").FullName;
    private readonly List<ServerProcess> lives = [];
    private HttpClient? http;

    public ServerProcess Process => lives[^1];

    public ActorJobsClient Client { get; private set; } = null!;

    /// <summary>Where the node was when it was last ready.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Starts the node and waits until it is ready.</summary>
    public async Task StartAsync(params string[] arguments)
    {
        lives.Add(new ServerProcess(folder, ["--urls=http://127.0.0.1:0", "--ActorJobs:Store=sqlite", .. arguments]));
        Url = await Process.ReadyAsync();
        http?.Dispose();
        http = new HttpClient { BaseAddress = Url, Timeout = Patience };
        Client = new ActorJobsClient(http);
    }

    /// <summary>Looks until it is so. Each look is a request to the node, so this is no spinning loop; it is bounded by time.</summary>
    public async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isSo, TimeSpan patience, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isSo(seen))
                return seen;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < patience, $"Waited {patience} for {what}; seen is {System.Text.Json.JsonSerializer.Serialize(seen)}\n{Process.Output}");
            await Pause.OfAsync(TimeSpan.FromMilliseconds(5));
        }
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        foreach (var life in lives)
            await life.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
