using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests.Api;

/// <summary>Bodies under way are bounded by their bytes; small ones pass beside large ones, and one large one always passes.</summary>
public sealed class BodyBudgetTests
{
    private const long MiB = 1 << 20;

    private readonly BodyBudget budget = new(8 * MiB);

    [Fact]
    public void Large_bodies_take_three_quarters_at_most()
    {
        using var first = budget.TryTake(4 * MiB);

        Assert.Null(budget.TryTake((2 * MiB) + 1));
        using var second = budget.TryTake(2 * MiB);
        Assert.NotNull(second);
    }

    [Fact]
    public void Small_bodies_pass_beside_large_ones_until_all_is_taken()
    {
        using var large = budget.TryTake(6 * MiB);

        var small = Enumerable.Range(0, 33).Select(_ => budget.TryTake(BodyBudget.Small)).ToArray();

        Assert.All(small[..32], Assert.NotNull);
        Assert.Null(small[32]);
    }

    [Fact]
    public void One_large_body_passes_whatever_else_there_is()
    {
        var small = Enumerable.Range(0, 128).Select(_ => budget.TryTake(BodyBudget.Small)).ToArray();
        Assert.All(small, Assert.NotNull);

        using var largest = budget.TryTake(BodyBudget.Largest);

        Assert.NotNull(largest);
        Assert.Null(budget.TryTake(MiB));
    }

    [Fact]
    public void What_has_ended_makes_room_once()
    {
        var ended = budget.TryTake(5 * MiB)!;
        using var other = budget.TryTake(MiB);
        ended.Dispose();
        ended.Dispose();

        using var next = budget.TryTake(5 * MiB);
        Assert.NotNull(next);
        Assert.Null(budget.TryTake(MiB));
    }

    [Fact]
    public void A_claim_grows_as_long_as_there_is_room_and_then_keeps_what_it_has()
    {
        using var growing = budget.TryTake(0)!;
        using var other = budget.TryTake(4 * MiB)!;

        Assert.True(growing.TryGrow(2 * MiB));
        Assert.False(growing.TryGrow(1));
        other.Dispose();
        Assert.True(growing.TryGrow(30 * MiB));
    }

    [Fact]
    public void A_node_with_little_memory_takes_one_large_body_at_a_time()
    {
        var little = BodyBudget.OfMemory(384 * MiB);
        using var one = little.TryTake(27 * MiB);

        Assert.NotNull(one);
        Assert.Null(little.TryTake(27 * MiB));
        Assert.NotNull(BodyBudget.OfMemory(64 * MiB).TryTake(BodyBudget.Largest));
    }
}
