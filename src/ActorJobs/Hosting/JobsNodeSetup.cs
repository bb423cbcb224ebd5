using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using ActorJobs.Actors;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Cluster;
using ActorJobs.Pools;
using ActorJobs.Pools.Isolated;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorJobs.Hosting;

/// <summary>What a node is made of.</summary>
internal sealed record JobsNodeSetup(
    ActorJobsOptions Options, string Node, IEntityStore Store, FrozenDictionary<string, JobKind> Kinds, IServiceProvider Services)
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Dispatcher Dispatcher { get; init; } = Dispatcher.ThreadPool;

    /// <summary>Where handlers' code runs.</summary>
    public Dispatcher HandlerDispatcher { get; init; } = new HandlerDispatcher();

    /// <summary>Draws what deciders get as randomness; null draws from the system. For tests.</summary>
    public int? Seed { get; init; }

    /// <summary>Draws the ids of jobs that were not given one; null makes UUIDv7 from the system's randomness. For simulation.</summary>
    public Func<JobId>? DrawId { get; init; }

    /// <summary>Has the last word about how each kind of entity is defined. For simulation, which tests its own checks with deciders that err.</summary>
    public Func<EntityKind, EntityKind> Define { get; init; } = kind => kind;

    /// <summary>The application's own kinds of entities.</summary>
    public IReadOnlyList<EntityKind> Entities { get; init; } = [];

    /// <summary>Where this node is reached, once that is known.</summary>
    public Func<string?> Url { get; init; } = () => null;

    /// <summary>How this node meets others; null when it is alone.</summary>
    public ClusterSetup? Cluster { get; init; }

    /// <summary>How child processes are started; null starts this program once more.</summary>
    public IsolatedCommand? Isolated { get; init; }

    /// <summary>Makes the node's meter; null makes one that belongs to nobody.</summary>
    public IMeterFactory? Meters { get; init; }

    /// <summary>Has the process end in order, as SIGTERM does: the node was told to leave.</summary>
    public Action Leave { get; init; } = () => { };

    /// <summary>The log of jobs.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>Is told of what happens to actors.</summary>
    public Action<ActorEvent> OnActorEvent { get; init; } = _ => { };
}
