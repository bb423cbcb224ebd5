using ActorJobs.Cluster.Tests.Commands;

namespace ActorJobs.Cluster.Tests.Chaos;

/// <summary>What is promised of leaving and dying nodes, with room for a busy machine; the command <c>change</c> measures it.</summary>
public sealed class ChangeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6); // the default

    [Fact]
    public async Task A_leaving_node_delays_hardly_any_job()
    {
        var took = await new ChangeRun(rounds: 1).LeaveAsync(output.WriteLine);

        Assert.True(took.At(0.5) < TimeSpan.FromSeconds(1) && took.At(0.99) < Lease, took.ToString()); // nobody waits for a lease to run out
    }

    [Fact]
    public async Task A_killed_nodes_jobs_run_again_soon()
    {
        var took = await new ChangeRun(rounds: 1).KillAsync(output.WriteLine);

        Assert.True(took.At(0.99) < Lease * 2.5, took.ToString());
    }
}
