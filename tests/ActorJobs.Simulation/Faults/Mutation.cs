using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Simulation.Faults;

/// <summary>A deliberate fault, to see that the checker finds it. This one is none.</summary>
internal abstract class Mutation
{
    /// <summary>Nothing is wrong.</summary>
    public static Mutation None { get; } = new Nothing();

    /// <summary>What the shared store does wrong: below the checker, which sees what nodes asked and what they were answered.</summary>
    public virtual IEntityStore UnderStore(IEntityStore store) => store;

    /// <summary>What a node does wrong with the store: above the checker, which sees the store's side.</summary>
    public virtual IEntityStore OverStore(IEntityStore store, string node) => store;

    /// <summary>What a node does wrong when it meets the others.</summary>
    public virtual IMembershipStore OverMembers(IMembershipStore members, string node) => members;

    /// <summary>What a node does wrong when it calls another.</summary>
    public virtual IPeerTransport OverTransport(IPeerTransport transport, string node) => transport;

    /// <summary>What is wrong with how an entity is defined.</summary>
    public virtual EntityKind Define(EntityKind kind) => kind;

    private sealed class Nothing : Mutation;
}
