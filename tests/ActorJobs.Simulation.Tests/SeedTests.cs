using ActorJobs.Simulation.Plans;
using ActorJobs.Simulation.Runs;

namespace ActorJobs.Simulation.Tests;

/// <summary>Whatever befalls a cluster, what must never happen does not.</summary>
public sealed class SeedTests
{
    private const int Seeds = 2_000;

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

    [Fact]
    public void A_node_that_has_lost_a_shard_sends_what_is_for_it_to_the_new_owner()
    {
        // at 18.112 s a frozen node goes on and acquires a shard of another, whose next write is refused: found by seed 2658
        Step[] steps =
        [
            new(TimeSpan.FromSeconds(2.428), StepKind.CutStore, 1132804141), new(TimeSpan.FromSeconds(2.668), StepKind.Submit, 1300467041),
            new(TimeSpan.FromSeconds(4.293), StepKind.StoreOutage, 136076220), new(TimeSpan.FromSeconds(4.419), StepKind.ResumeQueue, 1353490356),
            new(TimeSpan.FromSeconds(5.180), StepKind.StartWorkflow, 427624983), new(TimeSpan.FromSeconds(7.508), StepKind.Freeze, 1386130243),
            new(TimeSpan.FromSeconds(7.700), StepKind.StartWorkflow, 14837692),
        ];

        var result = OwnThread.Run(() => Run.Of(new Plan(2658, 4, 10, new Weather { StoreFailures = 13 }, steps)));

        Assert.True(result.IsGood, $"{result}");
    }

    [Fact]
    public void Who_could_not_be_read_sends_its_messages_all_the_same()
    {
        // at 16.021 s a new owner cannot read the history of a workflow that has jobs to submit: found by seed 2339
        Step[] steps =
        [
            new(TimeSpan.FromSeconds(0.130), StepKind.Freeze, 2122714148), new(TimeSpan.FromSeconds(2.055), StepKind.Submit, 2136348551),
            new(TimeSpan.FromSeconds(2.871), StepKind.Submit, 1401041834), new(TimeSpan.FromSeconds(3.648), StepKind.StartWorkflow, 794753273),
            new(TimeSpan.FromSeconds(3.840), StepKind.StoreOutage, 1085960310), new(TimeSpan.FromSeconds(5.779), StepKind.StartWorkflow, 1955590361),
            new(TimeSpan.FromSeconds(7.365), StepKind.Submit, 2008553914), new(TimeSpan.FromSeconds(10.168), StepKind.PauseQueue, 104917462),
            new(TimeSpan.FromSeconds(12.615), StepKind.StartWorkflow, 1247013110),
        ];
        var weather = new Weather { StoreUnknowns = 3, StoreSilences = 6, CallFailures = 49, Latency = TimeSpan.FromMilliseconds(11), Slow = 26 };

        var result = OwnThread.Run(() => Run.Of(new Plan(2339, 4, 10, weather, steps)));

        Assert.True(result.IsGood, $"{result}");
    }
}
