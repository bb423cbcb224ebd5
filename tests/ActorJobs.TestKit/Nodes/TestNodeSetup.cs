using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Actors.Stores.Memory;
using ActorJobs.Cluster;
using ActorJobs.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorJobs.TestKit.Nodes;

/// <summary>What a <see cref="TestNode"/> is made of. A node that follows another one on the same store is made <c>with { Name = ... }</c>.</summary>
public sealed record TestNodeSetup
{
    /// <summary>The node's name in leases and attempts.</summary>
    public string Name { get; init; } = "node-1";

    /// <summary>The store. Default: a new one in memory.</summary>
    public IEntityStore Store { get; init; } = new MemoryEntityStore();

    /// <summary>The clock.</summary>
    public FakeTimeProvider Time { get; init; } = new();

    /// <summary>Draws the order of turns and what deciders get as randomness.</summary>
    public int Seed { get; init; } = Specs.Seed.Next();

    /// <summary>Shards, pools and queues. Default: 4 shards, and without pools one <c>default</c> for every queue.</summary>
    public ActorJobsOptions Options { get; init; } = new() { Shards = 4 };

    /// <summary>The slots of the pool <c>default</c>.</summary>
    public int Slots { get; init; } = 4;

    /// <summary>Handlers beside the built-in ones.</summary>
    public IReadOnlyList<JobKind> Kinds { get; init; } = [];

    /// <summary>Entities beside jobs and queues.</summary>
    public IReadOnlyList<EntityKind> Entities { get; init; } = [];

    /// <summary>Where the node's lines about jobs go.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>Has the last word about how each kind of entity is defined.</summary>
    internal Func<EntityKind, EntityKind> Define { get; init; } = kind => kind;

    /// <summary>How the node meets others; null when it is alone.</summary>
    internal ClusterSetup? Cluster { get; init; }

    /// <summary>Where turns wait when several nodes are driven together; null for a dispatcher of the node's own.</summary>
    internal DrivenDispatcher? Driven { get; init; }
}
