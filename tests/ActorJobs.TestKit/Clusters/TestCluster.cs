using System.Runtime.CompilerServices;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Stores.Memory;
using ActorJobs.Cluster;
using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Stores;
using ActorJobs.TestKit.Time;
using Xunit;

namespace ActorJobs.TestKit.Clusters;

/// <summary>
/// Several nodes in one process over one store in memory, with a network and ways to the store that a test may cut. Nothing runs and no time passes
/// unless the test says so, and the same seed gives the same run.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    private readonly List<TestClusterNode> nodes = [];
    private readonly DrivenDispatcher dispatcher;
    private readonly Driver driver;

    /// <summary>A cluster without nodes.</summary>
    public TestCluster(TestClusterSetup? setup = null)
    {
        Setup = setup ?? new TestClusterSetup();
        dispatcher = new DrivenDispatcher(Setup.Seed);
        driver = new Driver(Time, dispatcher, Describe);
        Members = new MemoryMembershipStore(Time);
        Network = new TestNetwork(Time);
    }

    /// <summary>What the cluster is made of.</summary>
    public TestClusterSetup Setup { get; }

    /// <summary>The clock of all nodes, and of their leases.</summary>
    public FakeTimeProvider Time { get; } = new();

    /// <summary>The shared store, past every fault.</summary>
    public MemoryEntityStore Store { get; } = new();

    /// <summary>Where nodes meet, past every fault.</summary>
    public MemoryMembershipStore Members { get; }

    /// <summary>What nodes call one another over.</summary>
    public TestNetwork Network { get; }

    /// <summary>Every node there ever was, in the order of their start.</summary>
    public IReadOnlyList<TestClusterNode> Nodes => nodes;

    /// <summary>The nodes that are up.</summary>
    public IReadOnlyList<TestClusterNode> Living => [.. nodes.Where(node => node.IsUp)];

    /// <summary>A cluster of some nodes that have shared the shards out.</summary>
    public static async Task<TestCluster> StartAsync(int count, TestClusterSetup? setup = null)
    {
        var cluster = new TestCluster(setup);
        for (var i = 0; i < count; i++)
            await cluster.StartNodeAsync();
        cluster.AdvanceUntil(() => cluster.IsBalanced);
        return cluster;
    }

    /// <summary>Starts another node; what its start leads to runs when the cluster is driven.</summary>
    public async Task<TestClusterNode> StartNodeAsync()
    {
        var number = nodes.Count + 1;
        var name = $"node-{number}";
        var (store, members) = (new FaultyEntityStore(Store), new FaultyMembershipStore(Members));
        TestNode? node = null;
        var options = new ActorJobsOptions { Shards = Setup.Shards };
        options.Cluster.Lease = Setup.Lease;
        node = await TestNode.StartAsync(Setup.Node(number, new TestNodeSetup
        {
            Name = name,
            Store = store,
            Time = Time,
            Seed = Setup.Seed + number,
            Options = options,
            Kinds = Setup.Kinds,
            Cluster = new ClusterSetup(members, Network.TransportOf(name, () => node!.Process)),
            Driven = dispatcher,
        }));
        Network.Attach(name, node.Jobs.Nodes.Peers!, node.Process);
        var started = new TestClusterNode(node, store, members, Network);
        nodes.Add(started);
        return started;
    }

    /// <summary>Whether every shard runs on exactly one node that is up, in equal shares, and every such node sees all of them and none else.</summary>
    public bool IsBalanced
    {
        get
        {
            var hosts = Living.Where(node => node.Node.Setup.Options.Node.Has(NodeRoles.Host)).ToArray();
            var counts = hosts.Select(node => node.Shards.Count).ToArray();
            return Living.All(node => node.Cluster.Nodes.Select(seen => seen.Name).Order(StringComparer.Ordinal).SequenceEqual(Living.Select(living => living.Name).Order(StringComparer.Ordinal)))
                && counts.Sum() == Setup.Shards
                && counts.Max() - counts.Min() <= 1
                && hosts.SelectMany(node => node.Shards.Keys).Distinct().Count() == Setup.Shards
                && hosts.All(node => node.Shards.Values.All(epoch => epoch > 0));
        }
    }

    /// <summary>Runs everything that can run at this instant.</summary>
    public void Run() => driver.Run();

    /// <summary>Lets time pass, running at each timer's instant what it leads to.</summary>
    public void Advance(TimeSpan by) => driver.Advance(by);

    /// <summary>Lets time pass from timer to timer until the condition holds.</summary>
    /// <param name="isSo">Looked at whenever all nodes have come to rest.</param>
    /// <param name="limit">How much time may pass. Default: one minute.</param>
    /// <param name="expected">The condition in words, for the failure.</param>
    public void AdvanceUntil(Func<bool> isSo, TimeSpan? limit = null, [CallerArgumentExpression(nameof(isSo))] string expected = "") =>
        driver.AdvanceUntil(isSo, limit ?? TimeSpan.FromMinutes(1), expected);

    /// <summary>Drives the cluster, at this instant, until the task has ended.</summary>
    public Task<T> DriveAsync<T>(ValueTask<T> task, [CallerArgumentExpression(nameof(task))] string expected = "") => driver.DriveAsync(task.AsTask(), expected);

    /// <summary>Drives the cluster until the task has ended, letting time pass in small steps when nothing else happens.</summary>
    public Task<T> DriveThroughAsync<T>(ValueTask<T> task, TimeSpan? step = null, [CallerArgumentExpression(nameof(task))] string expected = "") =>
        driver.DriveThroughAsync(task.AsTask(), step ?? TimeSpan.FromMilliseconds(100), expected);

    /// <summary>Submits a job through a node and drives the cluster; fails unless it is accepted.</summary>
    public async Task<JobId> SubmitAsync(TestClusterNode through, JobRequest request) =>
        Assert.IsType<SubmitResult.Accepted>(await DriveThroughAsync(through.Client.SubmitAsync(request))).Id;

    /// <summary>The job as it is now, by the shared store; fails when there is none.</summary>
    public JobView View(JobId id) =>
        Living[0].Node.Client.FindAsync(id).AsTask().GetAwaiter().GetResult() ?? throw new Xunit.Sdk.XunitException($"There is no job {id}; {Describe()}.");

    /// <summary>Lets time pass until the job is in a state.</summary>
    public JobView AdvanceUntil(JobId id, JobStatus state, TimeSpan? limit = null)
    {
        AdvanceUntil(() => View(id).State == state, limit, $"{id} in state {state}");
        return View(id);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.Node.DisposeAsync();
    }

    private string Describe() => $"seed {Setup.Seed}, {string.Join("; ", nodes.Select(node =>
        $"{node.Name} {(node.IsUp ? "up" : "gone")} with [{string.Join(",", node.Shards.Select(shard => $"{shard.Key}:{shard.Value}"))}], events [{string.Join(", ", node.Node.Events.Seen.TakeLast(5))}]"))}";
}
