using ActorJobs.Simulation.Plans;
using ActorJobs.Simulation.Runs;

namespace ActorJobs.Simulation.Tests;

/// <summary>Whatever befalls a cluster, what must never happen does not.</summary>
public sealed class SeedTests
{
    private const int Seeds = 400;

    [Fact]
    public void No_rule_is_broken_whatever_the_seed()
    {
        var first = int.TryParse(Environment.GetEnvironmentVariable("ACTORJOBS_SEED"), out var given) ? given : 1;

        var failures = new SeedSweep(first, Seeds, 2).Run(_ => { });

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(23)]
    [InlineData(45)]
    public void The_same_seed_gives_the_same_run(int seed)
    {
        var first = OwnThread.Run(() => Run.Of(Plan.Of(seed)));
        var again = OwnThread.Run(() => Run.Of(Plan.Of(seed)));

        Assert.True(first.Writes > 10);
        Assert.Equal(first.Hash, again.Hash);
    }

    [Fact]
    public void Another_seed_gives_another_run() =>
        Assert.NotEqual(OwnThread.Run(() => Run.Of(Plan.Of(3))).Hash, OwnThread.Run(() => Run.Of(Plan.Of(4))).Hash);

    [Fact]
    public void A_shard_taken_anew_before_its_stop_was_told_stays_its_owners()
    {
        // at 25.5 s the store comes back in the very instant in which a node gives up: found by seed 3
        var plan = new Plan(3, 4, 1, Weather.Calm, [new Step(TimeSpan.FromSeconds(21.977), StepKind.StoreOutage, 1316286112)]);

        var result = OwnThread.Run(() => Run.Of(plan));

        Assert.True(result.IsGood, $"{result}");
    }

    [Fact]
    public void A_cluster_whose_last_node_could_not_start_is_peopled_again()
    {
        // one node dies at its start, one waits 45 s for the store and then dies, the third leaves: a fault of the simulation, found by seed 113
        var weather = new Weather { StoreFailures = 11, StoreUnknowns = 25, StoreSilences = 7 };
        var plan = new Plan(113, 3, 7, weather, [new Step(TimeSpan.FromSeconds(0.448), StepKind.Leave, 1789099046)]);

        var result = OwnThread.Run(() => Run.Of(plan));

        Assert.True(result.IsGood, $"{result}");
    }
}
