using System.Collections.Frozen;
using ActorJobs.Actors;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;
using ActorJobs.Actors.Supervision;
using ActorJobs.Cluster;
using ActorJobs.Jobs;
using ActorJobs.Limits;
using ActorJobs.Limits.Breakers;
using ActorJobs.Pools;
using ActorJobs.Pools.Isolated;
using ActorJobs.Pools.Remote;
using ActorJobs.Queries;
using ActorJobs.Queues;
using ActorJobs.Schedules;
using ActorJobs.Telemetry;
using ActorJobs.Workflows;

namespace ActorJobs.Hosting;

/// <summary>A running node: shards, fetcher and pools over one store, and what the outside talks to.</summary>
internal sealed class JobsNode : IAsyncDisposable
{
    private static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeaveDeadline = TimeSpan.FromSeconds(5);

    private readonly JobsNodeSetup setup;
    private readonly ActorSystem system;
    private readonly IReadOnlyDictionary<string, PoolOptions> poolOptions;
    private readonly JobFetcherContext fetcherContext;
    private readonly PoolContext poolContext;
    private readonly ActorRef<ClaimMessage> claims;
    private readonly NodeCluster? cluster;
    private readonly ActorJobsInstruments instruments;
    private readonly List<IsolatedPool> isolated = []; // filled by the start
    private readonly IDisposable events;
    private readonly IDisposable measuredEvents;

    /// <summary>Puts a node together; nothing touches the store before <see cref="StartAsync"/>.</summary>
    public JobsNode(JobsNodeSetup setup)
    {
        instruments = new ActorJobsInstruments(setup.Meters);
        this.setup = setup = setup with { Store = new MeteredEntityStore(setup.Store, instruments, setup.Time) };
        var meter = new JobMeter(instruments);
        var (options, store, time) = (setup.Options, setup.Store, setup.Time);
        Board = new QueueBoard(options, time);
        poolOptions = PoolsOf(options);
        system = new ActorSystem(new ActorSystemOptions { Time = time, Dispatcher = setup.Dispatcher, RootStrategy = NeverGivesUp });
        events = system.Events.Subscribe(setup.OnActorEvent);
        measuredEvents = system.Events.Subscribe(new ActorEventMeter(instruments).Count);
        var observers = new JobObserverContext(Board, new JobCounters(time), new JobWatchers(), meter, new JobEventLog(setup.Log));
        Entities = EntityHost.Prepare(system, store, new EntityHostOptions
        {
            Shards = options.Shards,
            Node = setup.Node,
            Seed = setup.Seed,
            Kinds = DefinedKinds(
            [
                new EntityKind<JobState, JobCommand, JobEvent>(JobEntity.Kind, new JobDecider(), JobEntity.Codec)
                {
                    Replies = JobWire.Replies,
                    WireOptions = JobWire.Options,
                    Observer = shard => new JobObserver(shard, observers),
                },
                WorkflowEntity.Define(),
                ScheduleEntity.Define(),
                new EntityKind<QueueSettings, ChangeQueue, QueueChanged>(QueueDecider.Kind, new QueueDecider(), QueueDecider.Codec)
                {
                    Observer = _ => new QueueObserver(Board, () => Fetcher!, () => cluster?.TellSteered()),
                },
                LimitEntity.Define(_ => new LimitObserver(time, TellPermits)),
                BreakerEntity.Define(_ => new BreakerObserver(Board.Breakers, TellBreaker)),
                .. setup.Entities,
            ]),
            ShardAcquired = AcquiredAsync,
            ShardClosed = shard => Fetcher!.Tell(new FetcherMessage.ShardClosed(shard)),
            Cluster = setup.Cluster is { } shared ? NodeCluster.OptionsOf(shared, setup.Url, options, () => poolContext!.Views, NodesChanged) : null,
        });

        observers.Send = Entities.Send;
        var reading = new WorkflowReading(store);
        var served = poolOptions.Values.SelectMany(pool => pool.Queues).ToFrozenSet(StringComparer.Ordinal);
        fetcherContext = new JobFetcherContext(Entities, store, Board, setup.Node, options.Shards, served, time)
        {
            Transport = setup.Cluster?.Transport,
            Dispatcher = setup.Dispatcher,
        };
        Fetcher = observers.Fetcher = system.Spawn(new Props<FetcherMessage>(() => new JobFetcher(fetcherContext)), "fetcher");
        poolContext = new PoolContext(Entities, Fetcher, setup.Kinds, setup.Services, time)
        {
            OldestOf = queues => fetcherContext.ServedBy(queues) is var served ? Board.OldestOf(served.Has) : null,
            Handlers = setup.HandlerDispatcher,
            Log = setup.Log,
            ClientSource = () => Client!,
            WorkflowSource = () => (Workflows!, reading),
        };
        fetcherContext.Held = poolContext.Held;
        Leases = new LeaseBook(setup.Node, poolContext.Settlements, time);
        Remote = new RemoteWork(setup.Node, poolOptions, Leases, () => Entities.View, setup.Cluster?.Transport, time);
        var requests = new JobRequestReader(setup.Kinds) { MaxArgsBytes = store.MaxPayloadBytes };
        Client = new JobClient(Entities, store, requests, Board, observers.Watchers, meter, options, time)
        {
            DrawId = setup.DrawId ?? (() => JobIds.New(time)),
        };
        Workflows = new WorkflowClient(
            Entities, store, new WorkflowReader(requests), reading, new WorkflowLists(store, reading, options.Shards), Board, () => Client.Closed, time);
        StoredSchedules = new ScheduleReading(store, options.Shards);
        Schedules = new ScheduleClient(Entities, new ScheduleReader(requests), StoredSchedules, () => Client.Closed, time);
        claims = system.Spawn(
            new Props<ClaimMessage>(() => new ClaimKeeper(new(system, Entities, store, setup.Node, poolContext.Held, setup.Cluster?.Transport))), "claims");
        cluster = setup.Cluster is { } meeting ? new NodeCluster(setup.Node, meeting, system, Entities, store, Board, Fetcher, poolContext.Held, setup.Dispatcher, Stop, Leases) : null;
        system.Spawn(new Props<PermitRound>(() => new PermitKeeper(Board, Entities, store, options.Shards)), "permits");
        observers.Cancel = (node, attempt) =>
        {
            if (node == setup.Node)
                Stop(attempt);
            else
                cluster?.TellCancelled(node, attempt);
        };

        var views = new QueueViews(Board, poolOptions, poolContext.Views, system, time);
        Queries = new JobQueries(store, new JobLists(store, options.Shards), views, observers.Counters, new LimitExplanation(Board, store), time);
        Status = new NodeStatus(setup.Node, () => store.Durability, time.GetUtcNow(), options.Shards, Entities.Health, system.Tree, () => Client.IsOpen);
        Nodes = new ClusterNodes(Entities, Status, setup.Url, poolContext.Views, Peers, setup.Cluster?.SecretMark ?? "");
        Control = new QueueControl(Entities, store, Board, views, () => Pools, time);
        Gauges = new NodeGauges(instruments, Queries, Status, poolContext.Views, () => Entities.Epochs.Count, time);
    }

    public EntityHost Entities { get; }

    /// <summary>What is known of queues at once.</summary>
    public QueueBoard Board { get; }

    public JobClient Client { get; }

    public WorkflowClient Workflows { get; }

    public ScheduleClient Schedules { get; }

    public ScheduleReading StoredSchedules { get; }

    public JobQueries Queries { get; }

    public QueueControl Control { get; }

    /// <summary>Matches jobs with pools.</summary>
    public ActorRef<FetcherMessage> Fetcher { get; }

    /// <summary>The pools by name; none before the start.</summary>
    public FrozenDictionary<string, ActorRef<PoolMessage>> Pools { get; private set; } = FrozenDictionary<string, ActorRef<PoolMessage>>.Empty;

    /// <summary>Attempts in the hands of others.</summary>
    public LeaseBook Leases { get; }

    /// <summary>Pools whose jobs are run by workers outside.</summary>
    public RemoteWork Remote { get; }

    /// <summary>The node for pages and checks.</summary>
    public NodeStatus Status { get; }

    /// <summary>What the meter says of this instant.</summary>
    public NodeGauges Gauges { get; }

    /// <summary>The nodes of the cluster, as this one sees them.</summary>
    public IClusterNodes Nodes { get; }

    /// <summary>How many claims this node answers for.</summary>
    public int Held => poolContext.Held.Count;

    /// <summary>What other nodes may ask of this one; null when it is alone.</summary>
    private PeerPort? Peers => setup.Cluster is { MayMeetOthers: true } ? cluster?.Port : null;

    public static string PoolPath(string name) => $"/pool-{name}";

    /// <summary>Opens the store and starts everything. Shards answer as soon as each has been acquired.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsolatedCommand.IsChild)
            throw new InvalidOperationException("This process was started to run the jobs of an isolated pool: call RunActorJobsAsync instead of RunAsync.");
        await setup.Store.OpenAsync(setup.Options.Shards, cancellationToken).ConfigureAwait(false);
        await RefuseStrangersAsync(cancellationToken).ConfigureAwait(false);
        await Board.LoadAsync(setup.Store, cancellationToken).ConfigureAwait(false);
        Pools = poolOptions.Where(pool => Runs(pool.Key, pool.Value)).ToFrozenDictionary(pool => pool.Key, pool => Spawn(pool.Key, pool.Value), StringComparer.Ordinal);
        fetcherContext.Pools = [.. Pools.Values];
        Entities.StartShards();
        Client.Open();
    }

    /// <summary>Ends in order, without a pause between the two halves.</summary>
    public async Task StopAsync(TimeSpan deadline)
    {
        await DrainAsync(deadline).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// The first half of the end: nothing more is accepted or started, what runs may finish until the deadline, what then still runs is handed back as
    /// interrupted, which uses no attempt; meanwhile other nodes take the shards over. The node still answers.
    /// </summary>
    public async Task DrainAsync(TimeSpan deadline)
    {
        Client.Close();
        Remote.Close();
        var handOver = Entities.HandOverAsync();
        var drains = Pools.Values.Select(pool =>
        {
            var drained = new Completion<bool>(setup.Dispatcher);
            pool.Tell(new PoolMessage.Drain(drained));
            return drained.Task;
        });
        var all = Task.WhenAll(drains.ToArray());
        if (!await EndsWithinAsync(all, deadline).ConfigureAwait(false))
        {
            foreach (var pool in Pools.Values)
                pool.Tell(new PoolMessage.Interrupt());
            await EndsWithinAsync(all, TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        }

        await Task.WhenAll(isolated.Select(pool => pool.CloseAsync())).ConfigureAwait(false);
        await EndsWithinAsync(handOver, LeaveDeadline).ConfigureAwait(false);
    }

    /// <summary>The second half: the node leaves the cluster and its actors stop.</summary>
    public async Task EndAsync()
    {
        await EndsWithinAsync(Entities.LeaveAsync(), LeaveDeadline).ConfigureAwait(false);
        await system.StopAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        events.Dispose();
        measuredEvents.Dispose();
        instruments.Dispose();
        Queries.Dispose();
        await setup.Store.DisposeAsync().ConfigureAwait(false);
    }

    private EntityKind[] DefinedKinds(EntityKind[] kinds) => [.. kinds.Select(setup.Define)];

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan deadline)
    {
        try
        {
            await task.WaitAsync(deadline, setup.Time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async ValueTask AcquiredAsync(int shard, IReadOnlyList<EntityKey> leased)
    {
        Fetcher.Tell(new FetcherMessage.ShardAcquired(shard));
        if (leased.Count == 0)
            return;
        using var deadline = new CancellationTokenSource(ReadDeadline, setup.Time);
        claims.Tell(new ClaimMessage.ShardAcquired(shard, await ClaimSweep.ReadAsync(setup.Store, leased, deadline.Token).ConfigureAwait(false)));
    }

    private async Task RefuseStrangersAsync(CancellationToken cancellationToken)
    {
        if (setup.Cluster is not { } shared)
            return;
        var view = await shared.Members.ViewAsync(cancellationToken).ConfigureAwait(false);
        var strangers = view.Nodes.Values.Where(node => !shared.MayMeetOthers || NodeDetails.HasOtherSecret(node, shared.SecretMark))
            .Select(node => node.Name).Order(StringComparer.Ordinal).ToArray();
        if (strangers.Length > 0)
        {
            throw new StoreUnusableException(
                $"Other nodes use this store with {(shared.MayMeetOthers ? "another secret" : "a secret")} ({string.Join(", ", strangers)}): set ActorJobs:Cluster:Secret to the same " +
                $"value on all of them, or wait {setup.Options.Cluster.Lease.TotalSeconds:0} s if they have ended.");
        }
    }

    private void NodesChanged(ClusterView view)
    {
        Fetcher.Tell(FetcherMessage.NodesChanged.Instance);
        claims.Tell(new ClaimMessage.Viewed(view.Nodes.Keys.ToFrozenSet(StringComparer.Ordinal)));
        cluster?.NoteBeat();
    }

    private void TellPermits(string waits, PermitsFreed news)
    {
        if (waits == setup.Node)
            Fetcher.Tell(new FetcherMessage.PermitsFree(news.Queue, news));
        else
            cluster?.TellPermits(waits, news);
    }

    private void TellBreaker(BreakerNews news)
    {
        Fetcher.Tell(FetcherMessage.BreakersChanged.Instance);
        cluster?.TellBreaker(news);
    }

    private void Stop(CancelledAttempt attempt) =>
        Pools.GetValueOrDefault(attempt.Pool)?.Tell(new PoolMessage.Cancel(new JobId(attempt.Job), attempt.Attempt));

    // workers outside talk to nodes that take requests
    private bool Runs(string pool, PoolOptions options) =>
        setup.Options.Node.Has(options.Remote ? NodeRoles.Front : NodeRoles.Work) && (setup.Options.Node.Pools.Count == 0 || setup.Options.Node.Pools.Contains(pool));

    private ActorRef<PoolMessage> Spawn(string name, PoolOptions pool)
    {
        var desk = Remote.DeskOf(name);
        var processes = pool.Isolated ? new IsolatedPool(pool, setup.Isolated ?? IsolatedCommand.OfThisProgram(), setup.Time) : null;
        var work = processes is not null
            ? new PoolWork(kind => setup.Kinds.TryGetValue(kind, out var known) ? known with { RunAsync = processes.RunAsync } : null)
            : desk is null
            ? new PoolWork(kind => setup.Kinds.GetValueOrDefault(kind))
            : new PoolWork(kind => (setup.Kinds.GetValueOrDefault(kind) ?? RemoteKinds.Unlisted(kind)) with { RunAsync = desk.RunAsync }) { ClaimsAhead = false };
        var bounds = PoolBounds.Of(pool);
        var memory = new PoolMemory(desk is not null ? 0 : bounds?.Min ?? pool.Size ?? 2 * Environment.ProcessorCount, pool.Latency) { Bounds = desk is null ? bounds : null };
        var actor = system.Spawn(new Props<PoolMessage>(() => new WorkerPool(name, [.. pool.Queues], memory, work, poolContext)), PoolPath(name)[1..]);
        if (processes is not null)
        {
            isolated.Add(processes);
            processes.Size = () => memory.Size;
            processes.Warm();
        }

        if (desk is not null)
            desk.Resize = size => actor.Tell(new PoolMessage.Resize(size));
        return actor;
    }

    // a node whose fetcher or pool had stopped for good would look alive and do nothing; the wait before a restart is bounded by 10 seconds
    private static SupervisorStrategy NeverGivesUp { get; } = SupervisorStrategy.Default with { MaxRestarts = int.MaxValue };

    private static IReadOnlyDictionary<string, PoolOptions> PoolsOf(ActorJobsOptions options) =>
        options.Pools.Values.Any(pool => pool.Queues.Count == 0)
            ? options.Pools.AsReadOnly()
            : new Dictionary<string, PoolOptions>(options.Pools, StringComparer.Ordinal) { ["default"] = options.Pools.TryGetValue("default", out var set) ? set : new PoolOptions() };
}
