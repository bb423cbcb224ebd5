using ActorJobs.Actors.Cluster;
using ActorJobs.Queues;
using ActorJobs.Queues.Pulling;
using ActorJobs.TestKit.Specs;

namespace ActorJobs.Tests.Cluster;

/// <summary>Room of a pool lent to other nodes: never more than there is, never lost, and where the work is.</summary>
public sealed class LenderTests
{
    private readonly FetcherPool pool = new("self", "default", new ServedQueues([], [])) { Credit = 4 };

    [Fact]
    public void All_but_one_place_are_shared_out_and_who_gets_none_listens()
    {
        var loans = Of("a", "b", "c", "d").Lend();

        Assert.Equal([0, 1, 1, 1], loans.Select(loan => loan.Room).Order());
        Assert.Equal(1, pool.Credit);
    }

    [Fact]
    public void A_node_that_has_more_gets_the_last_place_too()
    {
        pool.Credit = 1;
        var lender = Of("a", "b");
        var listening = lender.Lend();
        Assert.Equal([0, 0], listening.Select(loan => loan.Room));

        lender.Return(listening[1], PullAnswer.Nothing with { HasMore = true });

        Assert.Equal(("b", 1), Assert.Single(lender.Lend().Select(loan => (loan.Node.Name, loan.Room))));
    }

    [Fact]
    public void Room_lent_to_others_is_taken_back_for_a_node_that_has_more()
    {
        var lender = Of("a", "b");
        var loans = lender.Lend();
        lender.Return(loans[0], PullAnswer.Nothing with { HasMore = true });
        lender.Lend();
        var full = Assert.Single(loans.Skip(1));
        Assert.Empty(lender.RecallForOthers()); // it has got what there was

        lender.Return(full, PullAnswer.Nothing with { HasMore = true });
        pool.Credit = 0;

        Assert.Equal("a", Assert.Single(lender.RecallForOthers()).Node.Name);
        Assert.Empty(lender.RecallForOthers()); // once
    }

    [Fact]
    public void A_pool_without_any_room_asks_nobody()
    {
        pool.Credit = 0;

        Assert.Empty(Of("a", "b").Lend());
    }

    [Fact]
    public void A_node_that_does_not_answer_rests()
    {
        var lender = Of("a");
        lender.Return(Assert.Single(lender.Lend()), null);
        Assert.Equal(4, pool.Credit);
        Assert.Empty(lender.Lend());

        lender.Wake("a");

        Assert.Single(lender.Lend());
    }

    [Fact]
    public void Room_is_neither_made_nor_lost_whatever_happens()
    {
        for (var run = 0; run < 200; run++)
        {
            var random = new Random(Seed.Next() + run);
            pool.Credit = 0;
            var total = random.Next(0, 9);
            pool.Credit = total;
            var lender = Of("a", "b", "c");
            var open = new List<Loan>();
            for (var step = 0; step < 60; step++)
            {
                switch (random.Next(6))
                {
                    case 0 when open.Count > 0:
                        var ended = open[random.Next(open.Count)];
                        open.Remove(ended);
                        lender.Return(ended, random.Next(4) == 0 ? null : new PullAnswer(random.Next(3), [], random.Next(2) == 0));
                        break;
                    case 1:
                        lender.Take(Nodes([.. "abcd".Where(_ => random.Next(3) > 0).Select(name => $"{name}")]));
                        break;
                    case 2:
                        lender.Wake("abcd"[random.Next(4)].ToString());
                        break;
                    case 3:
                        lender.RecallForOthers();
                        break;
                    default:
                        open.AddRange(lender.Lend());
                        break;
                }

                Assert.True(total == pool.Credit + open.Sum(loan => loan.Room), $"seed {Seed.Next() + run}, step {step}: {pool.Credit} left and {open.Sum(loan => loan.Room)} lent of {total}");
                Assert.True(pool.Credit >= 0, $"seed {Seed.Next() + run}, step {step}: more lent than there is");
                Assert.True(open.GroupBy(loan => loan.Node.Name).All(loans => loans.Count() == 1), $"seed {Seed.Next() + run}, step {step}: two loans to one node");
            }
        }
    }

    private Lender Of(params string[] names)
    {
        var lender = new Lender(pool, []);
        lender.Take(Nodes(names));
        return lender;
    }

    private static ClusterNode[] Nodes(string[] names) => [.. names.Select(name => new ClusterNode(name, "http://x", ["host"], DateTimeOffset.UnixEpoch))];
}
