using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Tests.Entities;
using ActorJobs.TestKit.Accounts;

namespace ActorJobs.Actors.Tests.Shards;

public sealed class ShardTests
{
    private static readonly AccountCommand.Deposit Deposit = new(10);

    [Fact]
    public async Task A_shard_that_lost_its_ownership_answers_unavailable_and_is_acquired_anew()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        bed.Ask("b", Deposit);
        var hold = bed.Store.Writes.Hold();
        Sent[] underWay = [bed.Ask("a", Deposit), bed.Ask("a", Deposit), bed.Ask("b", Deposit)];
        bed.Store.Reads.Hold();
        var loading = bed.Ask("c", Deposit);
        await bed.Store.AcquireShardAsync(0, "node-b", default);

        hold.Release();
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.All([.. underWay, loading], sent => Assert.Equal(EntityFailureReason.Unavailable, sent.Failure.Reason));
        Assert.Equal(20, bed.Ask("a", Deposit).Reply.Balance);
        Assert.Single(bed.Actors.EventsOf<ActorRestarted>());
    }

    [Fact]
    public async Task Commands_wait_for_a_shard_that_cannot_be_acquired_yet()
    {
        await using var bed = EntityBed.Start();
        bed.Store.Acquires.FailBefore().FailBefore().FailBefore();
        await bed.RestartAsync();
        var sent = bed.Ask("a", Deposit);
        Assert.False(sent.IsAnswered);

        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(10, sent.Reply.Balance);
    }

    [Fact]
    public async Task An_entity_that_cannot_be_read_is_unavailable_until_it_can()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        await bed.RestartAsync();
        bed.Store.Reads.FailBefore();

        Assert.Equal(EntityFailureReason.Unavailable, bed.Ask("a", Deposit).Failure.Reason);

        Assert.Equal(20, bed.Ask("a", Deposit).Reply.Balance);
    }

    [Fact]
    public async Task A_read_from_before_the_shard_was_lost_does_not_reach_its_next_life()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        await bed.RestartAsync();
        var read = bed.Store.Reads.Hold();
        var before = bed.Ask("a", Deposit);
        await LoseShardAsync(bed);
        Assert.Equal(EntityFailureReason.Unavailable, before.Failure.Reason);
        var next = bed.Store.Reads.Hold();
        var after = bed.Ask("a", Deposit);

        read.Fail();
        bed.Run();
        Assert.False(after.IsAnswered);
        next.Release();
        bed.Run();

        Assert.Equal(20, after.Reply.Balance);
        Assert.Equal(30, bed.Ask("a", Deposit).Reply.Balance);
        Assert.Single(bed.Actors.EventsOf<ActorRestarted>());
    }

    [Fact]
    public async Task Another_shard_s_loss_does_not_disturb_a_shard()
    {
        await using var bed = EntityBed.Start(options => options with { Shards = 2 });
        var (mine, other) = (IdOn(0), IdOn(1));
        var hold = bed.Store.Writes.Hold();
        var before = bed.Ask(mine, Deposit);
        var behind = bed.Ask(mine, Deposit);
        var lost = bed.Ask(other, Deposit);
        await bed.Store.AcquireShardAsync(1, "node-b", default);

        hold.Release();
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([10, 20], new[] { before, behind }.Select(sent => sent.Reply.Balance));
        Assert.Equal(EntityFailureReason.Unavailable, lost.Failure.Reason);
        Assert.Equal(10, bed.Ask(other, Deposit).Reply.Balance);
    }

    [Fact]
    public async Task A_shard_takes_no_command_before_its_leases_were_seen_to()
    {
        var seen = new TaskCompletionSource();
        var order = new List<string>();
        await using var bed = EntityBed.Start(options => options with
        {
            ShardAcquired = async (_, _) =>
            {
                await seen.Task.ConfigureAwait(false);
                order.Add("seen to");
            },
        });
        var sent = bed.Ask("a", Deposit);
        Assert.False(sent.IsAnswered);

        await Task.Run(seen.SetResult);
        bed.Run();

        Assert.Equal(["seen to"], order);
        Assert.Equal(10, sent.Reply.Balance);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_writes()
    {
        Assert.Equal(await TraceAsync(), await TraceAsync());

        static async Task<string> TraceAsync()
        {
            await using var bed = EntityBed.Start(options => options with { Shards = 8 });
            bed.Store.Writes.FailAfter();
            for (var i = 0; i < 200; i++)
                bed.Send($"a{i % 40}", new AccountCommand.Deposit(i));
            bed.Advance(TimeSpan.FromSeconds(5));
            return string.Join('|', bed.Store.Groups.Select(group => string.Join(' ', group.Select(write => $"{write.Key}@{write.ExpectedVersion}+{write.Events.Count}"))));
        }
    }

    // a write that finds its epoch stale makes the shard begin anew
    private static async Task LoseShardAsync(EntityBed bed)
    {
        await bed.Store.AcquireShardAsync(0, "node-b", default);
        bed.Send("loser", Deposit, isNew: true);
        bed.Advance(TimeSpan.FromSeconds(1));
    }

    private static string IdOn(int shard) => Enumerable.Range(0, 100).Select(i => $"a{i}").First(id => ShardHash.Of(id, 2) == shard);
}
