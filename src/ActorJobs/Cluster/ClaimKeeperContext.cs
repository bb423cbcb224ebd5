using System.Collections.Concurrent;
using ActorJobs.Actors;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Cluster;

/// <summary>What the claim keeper works with.</summary>
internal sealed record ClaimKeeperContext(
    ActorSystem System, EntityHost Entities, IEntityStore Store, string Node, ConcurrentDictionary<EntityKey, int> Held, IPeerTransport? Transport)
{
    public bool IsAlone => Transport is null;
}
