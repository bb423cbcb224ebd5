using ActorJobs.Cluster.Tests.Commands;

namespace ActorJobs.Cluster.Tests.Flow;

/// <summary>A shorter one of what the command <c>hooks</c> does in a minute.</summary>
public sealed class HooksTests(ITestOutputHelper output)
{
    [Fact]
    public Task Every_message_is_in_one_history_in_order_though_some_come_twice_some_overtake_and_the_node_is_killed() =>
        new HooksRun(RunSeed.Value, rate: 100, seconds: 4, customers: 40, kills: 1).RunAsync(output.WriteLine);
}
