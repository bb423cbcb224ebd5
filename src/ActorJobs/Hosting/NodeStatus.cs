using ActorJobs.Actors;
using ActorJobs.Actors.Stores;

namespace ActorJobs;

/// <summary>This node, for pages and checks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Promises">What the store promises: known once it is open, and some stores change it.</param>
/// <param name="StartedAt">Since when it runs.</param>
/// <param name="Shards">How many shards the store has.</param>
/// <param name="Health">Whether the store answers.</param>
/// <param name="Tree">The actors as they are now.</param>
/// <param name="IsReady">Whether it accepts work.</param>
public sealed record NodeStatus(
    string Name, Func<string> Promises, DateTimeOffset StartedAt, int Shards, StoreHealth Health, Func<IReadOnlyList<ActorSnapshot>> Tree, Func<bool> IsReady)
{
    /// <summary>What the store promises of what it has acknowledged.</summary>
    public string Durability => Promises();
}
