using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Simulation.Faults;

/// <summary>What is wrong on purpose in one run. May remember things, so each run has its own.</summary>
internal sealed class Mutation
{
    /// <summary>Nothing is wrong.</summary>
    public static Mutation None { get; } = new();

    /// <summary>What the shared store does wrong: below the checker, which sees what nodes asked and what they were answered.</summary>
    public Func<IEntityStore, IEntityStore> UnderStore { get; init; } = store => store;

    /// <summary>What a node does wrong with the store: above the checker, which sees the store's side.</summary>
    public Func<IEntityStore, IEntityStore> OverStore { get; init; } = store => store;

    /// <summary>What a node, by its name, does wrong when it meets the others.</summary>
    public Func<IMembershipStore, string, IMembershipStore> OverMembers { get; init; } = (members, _) => members;

    /// <summary>What a node does wrong when it calls another.</summary>
    public Func<IPeerTransport, IPeerTransport> OverTransport { get; init; } = transport => transport;

    /// <summary>What is wrong with how an entity is defined.</summary>
    public Func<EntityKind, EntityKind> Define { get; init; } = kind => kind;
}
