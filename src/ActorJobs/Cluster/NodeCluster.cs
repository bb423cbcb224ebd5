using System.Collections.Concurrent;
using ActorJobs.Actors;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;
using ActorJobs.Limits;
using ActorJobs.Limits.Breakers;
using ActorJobs.Pools;
using ActorJobs.Pools.Remote;
using ActorJobs.Queues;
using ActorJobs.Queues.Pulling;

namespace ActorJobs.Cluster;

/// <summary>A node's dealings with the others, beyond its shards: work pulled, attempts stopped, queues steered.</summary>
internal sealed class NodeCluster
{
    private readonly string node;
    private readonly Dispatcher dispatcher;
    private readonly PeerCalls calls;
    private readonly ActorRef<BoardMessage> boardKeeper;
    private readonly ActorRef<FetcherMessage> fetcher;

    public NodeCluster(
        string node,
        ClusterSetup setup,
        ActorSystem system,
        EntityHost entities,
        IEntityStore store,
        QueueBoard board,
        ActorRef<FetcherMessage> fetcher,
        ConcurrentDictionary<EntityKey, int> held,
        Dispatcher dispatcher,
        Action<CancelledAttempt> stop,
        Action<NodeOrder> obey,
        LeaseBook leases)
    {
        (this.node, this.fetcher, this.dispatcher) = (node, fetcher, dispatcher);
        calls = new PeerCalls(entities, setup.Transport, system.Time);
        boardKeeper = system.Spawn(
            new Props<BoardMessage>(() => new BoardKeeper(board, store, () => fetcher.Tell(FetcherMessage.Look.Instance))), "board");
        Port = new PeerPort(node, new Dictionary<string, PeerOperation>(entities.PeerOperations)
        {
            [PullRequest.Operation] = PullAsync,
            [PullRequest.RecallOperation] = (body, _) => Heard(() => fetcher.Tell(new FetcherMessage.Recalled(PullRequest.Decode(body.Span)))),
            [HeldClaims.Operation] = (body, _) => new(HeldClaims.Answer(body, held)),
            [CancelledAttempt.Operation] = (body, _) => Heard(() => stop(CancelledAttempt.Decode(body.Span))),
            [NodeControl.Operation] = (body, _) => Heard(() => obey(NodeControl.Decode(body))),
            [LeaseWire.Operation] = async (body, cancellation) => LeaseWire.Encode(await leases.TellAsync(LeaseWire.DecodeCall(body.Span), cancellation).ConfigureAwait(false)),
            [PermitsFreed.Operation] = (body, _) => Heard(() => TakePermits(PermitsFreed.Decode(body.Span))),
            [BreakerNews.Operation] = (body, _) => Heard(() => TakeBreaker(board, BreakerNews.Decode(body.Span))),
            [BoardMessage.Steered.Operation] = (_, _) => Heard(() => boardKeeper.Tell(BoardMessage.Steered.Instance)),
        });
    }

    public PeerPort Port { get; }

    /// <summary>How a node's host takes part in the cluster.</summary>
    public static ClusterOptions OptionsOf(
        ClusterSetup setup, Func<string?> url, ActorJobsOptions options, Func<IEnumerable<KeyValuePair<string, PoolGauge>>> pools, Action<ClusterView> viewed) => new()
        {
            Members = setup.Members,
            Transport = setup.Transport,
            Url = url,
            Roles = [.. NodeRoles.All.Where(options.Node.Has)],
            Lease = options.Cluster.Lease,
            Details = () => NodeDetails.Encode(pools(), setup.SecretMark),
            Viewed = viewed,
        };

    public void NoteBeat() => boardKeeper.Tell(BoardMessage.Beat.Instance);

    /// <summary>Who belongs to the cluster has changed: the others should look.</summary>
    public void TellRefresh() => calls.TellAll(node, EntityHost.RefreshOperation, []);

    /// <summary>A queue of this node's shards was steered: the others should look.</summary>
    public void TellSteered() => calls.TellAll(node, BoardMessage.Steered.Operation, []);

    public void TellCancelled(string runsOn, CancelledAttempt attempt) => calls.Tell(runsOn, CancelledAttempt.Operation, attempt.Encode());

    /// <summary>Permits came back for which a node waits.</summary>
    public void TellPermits(string waits, PermitsFreed news) => calls.Tell(waits, PermitsFreed.Operation, news.Encode());

    /// <summary>A breaker of this node's shards has changed.</summary>
    public void TellBreaker(BreakerNews news) => calls.TellAll(node, BreakerNews.Operation, news.Encode());

    private void TakePermits(PermitsFreed news) => fetcher.Tell(new FetcherMessage.PermitsFree(news.Queue, news));

    private void TakeBreaker(QueueBoard board, BreakerNews news)
    {
        board.Breakers.Take(news.Name, news.State);
        fetcher.Tell(FetcherMessage.BreakersChanged.Instance);
    }

    private async ValueTask<ReadOnlyMemory<byte>> PullAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var begun = new Completion<Task<PullAnswer>>(dispatcher);
        fetcher.Tell(new FetcherMessage.Pulling(PullRequest.Decode(body.Span), begun));
        var answer = await (await begun.Task.WaitAsync(cancellationToken).ConfigureAwait(false)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return answer.Encode();
    }

    private static ValueTask<ReadOnlyMemory<byte>> Heard(Action take)
    {
        take();
        return default;
    }
}
