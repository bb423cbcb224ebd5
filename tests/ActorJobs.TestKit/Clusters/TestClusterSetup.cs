using ActorJobs.TestKit.Nodes;

namespace ActorJobs.TestKit.Clusters;

/// <summary>What a <see cref="TestCluster"/> is made of.</summary>
public sealed record TestClusterSetup
{
    /// <summary>The number of shards. Default: 12, so that 1, 2, 3 and 4 nodes get equal shares.</summary>
    public int Shards { get; init; } = 12;

    /// <summary>Draws the order of turns and what deciders get as randomness.</summary>
    public int Seed { get; init; } = Specs.Seed.Next();

    /// <summary>The lease of nodes. Default: 6 seconds.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Handlers beside the built-in ones, on every node.</summary>
    public IReadOnlyList<JobKind> Kinds { get; init; } = [];

    /// <summary>More about each node, given its number from 1.</summary>
    public Func<int, TestNodeSetup, TestNodeSetup> Node { get; init; } = (_, setup) => setup;
}
