using ActorJobs.Cluster;

namespace ActorJobs.Server.Tests;

/// <summary>Two nodes, one of which has lost the store, and a shard between owners.</summary>
public sealed class FakeClusterNodes : IClusterNodes
{
    public IReadOnlyList<NodeView> Nodes { get; } =
    [
        new("node-a", "http://10.0.0.1:8080", ["front", "work"], "Up", 3, FakeEngine.Start, 3.0 / 8, [new("default", 4, 3), new("mail", 4, 0)], "0.1.0+abc"),
        new("node-b", null, ["host"], "StoreAway", 1, FakeEngine.Start, 0, [], "0.1.0"),
    ];

    public IReadOnlyList<ShardView> Shards { get; } = [new(0, "node-a", 1), new(1, "node-a", 1), new(2, "node-b", 4), new(3, "node-a", 7), new(4, null, 0)];

    public PeerPort? Peers => null;
}
