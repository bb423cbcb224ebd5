using System.Collections.Concurrent;
using System.Collections.Frozen;
using ActorJobs.Actors;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Jobs;
using ActorJobs.Queues;
using ActorJobs.Workflows;
using Microsoft.Extensions.Logging;

namespace ActorJobs.Pools;

/// <summary>What pools work with.</summary>
internal sealed record PoolContext(
    EntityHost Entities, ActorRef<FetcherMessage> Fetcher, FrozenDictionary<string, JobKind> Kinds, IServiceProvider Services, TimeProvider Time)
{
    /// <summary>The pools as they last were; each written by its pool's turns, read by anyone.</summary>
    public ConcurrentDictionary<string, PoolGauge> Views { get; } = new(StringComparer.Ordinal);

    private int introductions;

    /// <summary>The claimed jobs this node answers for, by their attempt, until their outcomes are durable.</summary>
    public ConcurrentDictionary<EntityKey, int> Held { get; } = new();

    /// <summary>For the lines that handlers' code writes, which carry the job's id.</summary>
    public required ILogger Log { get; init; }

    /// <summary>Those who wait for an outcome to be durable.</summary>
    public Settlements Settlements { get; } = new();

    /// <summary>Since when the oldest available job of some queues waits on this node's shards; null when none does.</summary>
    public Func<IReadOnlyList<string>, DateTimeOffset?> OldestOf { get; init; } = _ => null;

    /// <summary>Where handlers' code runs.</summary>
    public required Dispatcher Handlers { get; init; }

    /// <summary>Submits children and waits for them. Set once, before the first job runs.</summary>
    public required Func<JobClient> ClientSource { get; init; }

    public JobClient Client => ClientSource();

    /// <summary>Workflows, to be added to, and what parents have left. Set once, before the first job runs.</summary>
    public required Func<(IWorkflowClient Client, WorkflowReading Reading)> WorkflowSource { get; init; }

    /// <summary>A number for a pool's introduction to the fetcher, never used before: also not by a pool before its restart.</summary>
    public int NextIntroduction() => Interlocked.Increment(ref introductions);
}

/// <summary>A pool's slots at one instant.</summary>
internal readonly record struct PoolGauge(int Size, int Running, int Ready)
{
    public PoolBounds? Bounds { get; init; }
}
