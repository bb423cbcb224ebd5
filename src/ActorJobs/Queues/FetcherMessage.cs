using ActorJobs.Actors;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Limits;
using ActorJobs.Limits.Breakers;
using ActorJobs.Pools;
using ActorJobs.Queues.Pulling;

namespace ActorJobs.Queues;

/// <summary>What the fetcher is told.</summary>
internal abstract record FetcherMessage
{
    private FetcherMessage()
    {
    }

    /// <summary>What a shard's turn has changed about available jobs.</summary>
    public sealed record Changed(int Shard, IReadOnlyList<Availability> Changes) : FetcherMessage;

    /// <summary>A pool has more, or less, room.</summary>
    /// <param name="Pool">Which.</param>
    /// <param name="Credit">How many more jobs it takes.</param>
    /// <param name="Ahead">How many of its places are beyond its slots.</param>
    public sealed record Room(ActorRef<PoolMessage> Pool, int Credit, int Ahead) : FetcherMessage;

    /// <summary>A pool is there.</summary>
    public sealed record PoolAdded(ActorRef<PoolMessage> Pool, string Name, IReadOnlyList<string> Queues, int Introduction) : FetcherMessage;

    /// <summary>A pool's claims have been decided.</summary>
    public sealed record Claimed(ClaimBatch Batch) : FetcherMessage;

    /// <summary>Which levels the store holds; null when it could not be read. An answer to the fetcher before a restart is not this one's.</summary>
    public sealed record LevelsRead(JobFetcher Asker, IReadOnlyDictionary<string, long>? Counts) : FetcherMessage;

    /// <summary>A page of a level's index on a shard; null when it could not be read. As for <see cref="LevelsRead"/>, it names who asked.</summary>
    public sealed record PageRead(JobFetcher Asker, string Queue, int Priority, int Shard, IReadOnlyList<StoredEntry>? Entries) : FetcherMessage;

    /// <summary>A page that could not be read is to be tried again.</summary>
    public sealed record PageWanted(PageRead Page) : FetcherMessage;

    /// <summary>The levels could not be read and are to be tried again.</summary>
    public sealed record LevelsWanted : FetcherMessage
    {
        public static LevelsWanted Instance { get; } = new();
    }

    /// <summary>This node owns the shard from now on.</summary>
    public sealed record ShardAcquired(int Shard) : FetcherMessage;

    /// <summary>What was known of the shard may not be so: it is read again.</summary>
    public sealed record ShardForgotten(int Shard) : FetcherMessage;

    /// <summary>This node does not own the shard any more.</summary>
    public sealed record ShardClosed(int Shard) : FetcherMessage;

    /// <summary>Another node asks for work.</summary>
    public sealed record Pulling(PullRequest Request, Completion<Task<PullAnswer>> Begun) : FetcherMessage;

    /// <summary>Another node takes its pull back.</summary>
    public sealed record Recalled(PullRequest Pull) : FetcherMessage;

    /// <summary>A pull has waited long enough: its node should hear that this one lives.</summary>
    public sealed record PullOverdue(Pull Pull) : FetcherMessage;

    /// <summary>This node's pull at another one has ended; null when it failed.</summary>
    public sealed record Pulled(Loan Loan, PullAnswer? Answer) : FetcherMessage;

    /// <summary>The pause after a failed pull is over.</summary>
    public sealed record PeerRested(string Pool, string Node) : FetcherMessage;

    /// <summary>There is a new picture of the cluster.</summary>
    public sealed record NodesChanged : FetcherMessage
    {
        public static NodesChanged Instance { get; } = new();
    }

    /// <summary>A queue's arbiter has answered an ask; null when it could not, or not in time.</summary>
    public sealed record PermitsAnswered(PermitRequest Request, PermitsAnswer? Answer) : FetcherMessage;

    /// <summary>Permits came back to a queue's arbiter; no news when just the time has come to ask again.</summary>
    public sealed record PermitsFree(string Queue, PermitsFreed? News) : FetcherMessage;

    /// <summary>A breaker has answered whether a probe may through; null when it could not, or not in time.</summary>
    public sealed record ProbeAnswered(string Dependency, ProbeAnswer? Answer) : FetcherMessage;

    /// <summary>A breaker has changed, or the time of one that is open has come.</summary>
    public sealed record BreakersChanged : FetcherMessage
    {
        public static BreakersChanged Instance { get; } = new();
    }

    /// <summary>A queue was paused or resumed, or something else may now run.</summary>
    public sealed record Look : FetcherMessage
    {
        public static Look Instance { get; } = new();
    }
}

/// <summary>A job has become available, or has stopped being so without having been claimed.</summary>
internal readonly record struct Availability(string Queue, int Priority, EntityKey Key, long Sort, string? Value, bool IsAvailable);
