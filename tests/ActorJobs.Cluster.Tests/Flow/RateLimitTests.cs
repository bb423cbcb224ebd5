using ActorJobs.Cluster.Tests.Commands;

namespace ActorJobs.Cluster.Tests.Flow;

/// <summary>A shorter one of what the command <c>rate</c> does.</summary>
public sealed class RateLimitTests(ITestOutputHelper output)
{
    [Fact]
    public Task A_rate_of_50_a_second_over_three_nodes_is_exceeded_in_no_window() => new RateRun(jobs: 300, rate: 50, isHarsh: false).RunAsync(output.WriteLine);
}
