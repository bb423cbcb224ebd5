using ActorJobs.Cluster.Tests.Commands;

namespace ActorJobs.Cluster.Tests.Flow;

/// <summary>A smaller one of what the command <c>chord</c> does with 5 000 children.</summary>
public sealed class ChordTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(300, 1)]
    [InlineData(600, 3)]
    public Task A_chord_finishes_once_whenever_its_node_is_killed(int children, int kills) => new ChordRun(RunSeed.Value, children, kills).RunAsync(output.WriteLine);
}
