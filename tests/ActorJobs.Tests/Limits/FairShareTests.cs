using ActorJobs.Limits;

namespace ActorJobs.Tests.Limits;

/// <summary>Turns by weight.</summary>
public sealed class FairShareTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Over_any_stretch_of_turns_each_tenant_has_its_share(int seed)
    {
        var random = new Random(seed);
        var weights = Enumerable.Range(0, 5).ToDictionary(i => $"t{i}", _ => random.Next(1, 20) / 2.0);
        var shares = new FairShare(tenant => weights[tenant]);
        var turns = Take(shares, weights.Keys, 20_000).ToArray();

        foreach (var start in new[] { 0, 7, 5_000 })
        {
            foreach (var (tenant, weight) in weights)
            {
                var share = turns.Skip(start).Take(5_000).Count(turn => turn == tenant) / 5_000.0;
                Assert.Equal(weight / weights.Values.Sum(), share, 0.005);
            }
        }
    }

    [Fact]
    public void An_absence_saves_up_nothing()
    {
        var shares = new FairShare(_ => 1);
        Take(shares, ["busy"], 1_000);

        var turns = Take(shares, ["busy", "back"], 100).ToArray();

        Assert.InRange(turns.Count(turn => turn == "back"), 49, 51);
    }

    [Fact]
    public void A_turn_that_came_to_nothing_is_given_again()
    {
        var shares = new FairShare(_ => 1);
        Take(shares, ["a", "b"], 10);
        var next = Take(shares, ["a", "b"], 1)[0];
        shares.Refund(next);

        Assert.Equal(next, Take(shares, ["a", "b"], 1)[0]);
    }

    private static List<string> Take(FairShare shares, IReadOnlyCollection<string> tenants, int count)
    {
        var turns = new List<string>();
        for (var i = 0; i < count; i++)
        {
            turns.Add(tenants.MinBy(shares.PassOf)!);
            shares.Charge(turns[^1]);
        }

        return turns;
    }
}
