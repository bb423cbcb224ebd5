using ActorJobs.Client;
using ActorJobs.TestKit.Processes;

namespace ActorJobs.Cluster.Tests;

/// <summary>One node of a cluster as a process of its own.</summary>
internal sealed class ClusterNodeProcess(string name, ServerProcess process, HttpClient http) : IAsyncDisposable
{
    public string Name => name;

    public ServerProcess Process => process;

    public ActorJobsClient Client { get; } = new(http);

    /// <summary>Whether load may go to it: it runs, and nobody has told it to end.</summary>
    public bool TakesLoad { get; set; } = true;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }
}
