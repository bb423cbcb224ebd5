using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Stores;
using ActorJobs.Simulation.Checks;
using ActorJobs.Simulation.Faults;

namespace ActorJobs.Simulation.World;

/// <summary>What the nodes of a run share.</summary>
/// <param name="Shards">How many shards the store has.</param>
/// <param name="StoreFor">The shared store behind each node's way to it.</param>
/// <param name="Members">The meeting place.</param>
/// <param name="Watch">Sees every write.</param>
/// <param name="Mutation">What is wrong on purpose.</param>
internal sealed record SharedPlaces(int Shards, Func<string, IEntityStore> StoreFor, IMembershipStore Members, CommitWatch Watch, Mutation Mutation);
