using System.Collections.Frozen;
using ActorJobs.Actors;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Supervision;
using ActorJobs.Cluster;
using ActorJobs.Jobs;
using ActorJobs.Limits;
using ActorJobs.Limits.Breakers;
using ActorJobs.Pools;
using ActorJobs.Pools.Remote;
using ActorJobs.Queries;
using ActorJobs.Queues;
using ActorJobs.Schedules;
using ActorJobs.Telemetry;
using ActorJobs.Workflows;

namespace ActorJobs.Hosting;

/// <summary>A running node: shards, fetcher and pools over one store, and what the outside talks to.</summary>
internal sealed partial class JobsNode : IAsyncDisposable
{
    private static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(30);

    private readonly JobsNodeSetup setup;
    private readonly ActorSystem system;
    private readonly IReadOnlyDictionary<string, PoolOptions> poolOptions;
    private readonly JobFetcherContext fetcherContext;
    private readonly PoolContext poolContext;
    private readonly ActorRef<ClaimMessage> claims;
    private readonly NodeCluster? cluster;
    private readonly ActorJobsInstruments instruments;
    private readonly IDisposable events;
    private readonly IDisposable measuredEvents;
    private readonly JobEventLog jobLog;

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
        jobLog = new JobEventLog(setup.Log, time);
        var observers = new JobObserverContext(Board, new JobCounters(time), new JobWatchers(), meter, jobLog);
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
        observers.Returns = system.Spawn(new Props<PermitReturn>(() => new PermitReturns(Entities.Send)), "permit-returns");
        fetcherContext = new JobFetcherContext(Entities, store, Board, setup.Node, options.Shards, served, time)
        {
            Returns = observers.Returns,
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
        cluster = setup.Cluster is { } meeting ? new NodeCluster(setup.Node, meeting, system, Entities, store, Board, Fetcher, poolContext.Held, setup.Dispatcher, Stop, Obey, Leases) : null;
        system.Spawn(new Props<PermitRound>(() => new PermitKeeper(Board, Entities, store, options.Shards, PresenceOf)), "permits");
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
        Orders = new NodeControl(setup.Node, Entities, setup.Cluster, Obey, () => cluster?.TellRefresh(), time);
        Control = new QueueControl(
            Entities, store, Board, views, () => Pools, time, cancellation => cluster?.SpreadSteeredAsync(cancellation) ?? Task.CompletedTask);
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

    /// <summary>What operators do with nodes.</summary>
    public INodeControl Orders { get; }

    /// <summary>How many jobs run here.</summary>
    public int Running => poolContext.Views.Values.Sum(pool => pool.Running);

    /// <summary>How many claims this node answers for.</summary>
    public int Held => poolContext.Held.Count;

    /// <summary>What other nodes may ask of this one; null when it is alone.</summary>
    private PeerPort? Peers => setup.Cluster is { MayMeetOthers: true } ? cluster?.Port : null;

    public static string PoolPath(string name) => $"/pool-{name}";

    private EntityKind[] DefinedKinds(EntityKind[] kinds) => [.. kinds.Select(setup.Define)];

    private async ValueTask AcquiredAsync(int shard, IReadOnlyList<EntityKey> leased)
    {
        Fetcher.Tell(new FetcherMessage.ShardAcquired(shard));
        if (leased.Count == 0)
            return;
        using var deadline = new CancellationTokenSource(ReadDeadline, setup.Time);
        claims.Tell(new ClaimMessage.ShardAcquired(shard, await ClaimSweep.ReadAsync(setup.Store, leased, deadline.Token).ConfigureAwait(false)));
    }

    // without a cluster the store is this process's alone, and every other node an earlier one
    private AskerPresence PresenceOf(string node) =>
        node == setup.Node || Entities.View.Nodes.ContainsKey(node) ? AskerPresence.Living
        : setup.Cluster is null ? AskerPresence.Dead
        : AskerPresence.Missing;

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

    // a node whose fetcher or pool had stopped for good would look alive and do nothing; the wait before a restart is bounded by 10 seconds
    private static SupervisorStrategy NeverGivesUp { get; } = SupervisorStrategy.Default with { MaxRestarts = int.MaxValue };

    private static IReadOnlyDictionary<string, PoolOptions> PoolsOf(ActorJobsOptions options) =>
        options.Pools.Values.Any(pool => pool.Queues.Count == 0)
            ? options.Pools.AsReadOnly()
            : new Dictionary<string, PoolOptions>(options.Pools, StringComparer.Ordinal) { ["default"] = options.Pools.TryGetValue("default", out var set) ? set : new PoolOptions() };
}
