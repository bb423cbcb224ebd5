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
    private static readonly TimeSpan SteeredDeadline = TimeSpan.FromSeconds(2);

    private readonly string node;
    private readonly TimeProvider time;
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
        (this.node, this.fetcher, this.dispatcher, time) = (node, fetcher, dispatcher, system.Time);
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
            [BoardMessage.Steered.Operation] = async (_, cancellation) =>
            {
                await ReadSteeredAsync(cancellation).ConfigureAwait(false);
                return default;
            },
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

    /// <summary>
    /// Waits until this node and all others have read how queues are steered, so that what was asked for holds when it is answered. A node that does
    /// not answer in time is not waited for: it reads by itself, or is about to lose its shards.
    /// </summary>
    public async Task SpreadSteeredAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(SteeredDeadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var told = calls.TryAllAsync(node, BoardMessage.Steered.Operation, both.Token);
        try
        {
            await ReadSteeredAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        await told.ConfigureAwait(false);
    }

    public void TellCancelled(string runsOn, CancelledAttempt attempt) => calls.Tell(runsOn, CancelledAttempt.Operation, attempt.Encode());

    /// <summary>Permits came back for which a node waits.</summary>
    public void TellPermits(string waits, PermitsFreed news) => calls.Tell(waits, PermitsFreed.Operation, news.Encode());

    /// <summary>A breaker of this node's shards has changed.</summary>
    public void TellBreaker(BreakerNews news) => calls.TellAll(node, BreakerNews.Operation, news.Encode());

    private Task<bool> ReadSteeredAsync(CancellationToken cancellationToken)
    {
        var done = new Completion<bool>(dispatcher);
        boardKeeper.Tell(new BoardMessage.Steered(done));
        return done.Task.WaitAsync(cancellationToken);
    }

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
