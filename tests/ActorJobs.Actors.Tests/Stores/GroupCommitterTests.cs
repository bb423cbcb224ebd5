using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Tests.Entities;
using ActorJobs.TestKit.Accounts;

namespace ActorJobs.Actors.Tests.Stores;

/// <summary>Writes whose outcome is unknown.</summary>
public sealed class GroupCommitterTests
{
    private static readonly AccountCommand.Deposit Deposit = new(10);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_write_that_was_lost_before_it_was_applied_is_written_again()
    {
        await using var bed = EntityBed.Start();
        bed.Store.Writes.FailBefore();
        var sent = bed.Ask("a", Deposit);
        Assert.False(sent.IsAnswered);

        bed.Advance(Settled);

        Assert.Equal(10, sent.Reply.Balance);
        Assert.Single(await bed.HistoryAsync("a"));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_not_written_again()
    {
        await using var bed = EntityBed.Start();
        bed.Store.Writes.FailAfter();
        var sent = bed.Ask("a", Deposit);
        Assert.False(sent.IsAnswered);

        bed.Advance(Settled);

        Assert.Equal(10, sent.Reply.Balance);
        Assert.Single(await bed.HistoryAsync("a"));
        Assert.Equal(20, bed.Ask("a", Deposit).Reply.Balance);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lease_and_a_deletion_are_settled_too(bool applied)
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        FailNext();
        var lease = bed.Ask("a", new AccountCommand.Reserve("me"));
        bed.Advance(Settled);
        Assert.True(lease.Reply.IsDone);
        Assert.NotNull((await bed.EntityAsync("a"))!.Lease);

        bed.Ask("a", new AccountCommand.CloseAt(bed.Now + TimeSpan.FromSeconds(1)));
        FailNext();
        bed.Advance(Settled);
        Assert.Null(await bed.EntityAsync("a"));
        Assert.Equal(10, bed.Ask("a", Deposit).Reply.Balance);

        void FailNext() => _ = applied ? bed.Store.Writes.FailAfter() : bed.Store.Writes.FailBefore();
    }

    [Fact]
    public async Task Every_member_of_a_group_is_settled_by_itself()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("holder", new AccountCommand.SetEmail("x@y"));
        bed.Store.Writes.FailAfter();
        Sent[] sent = [bed.Send("a", Deposit), bed.Send("b", new AccountCommand.SetEmail("x@y")), bed.Send("c", Deposit)];
        bed.Run();

        bed.Advance(Settled);

        Assert.Equal([10, 10], new[] { sent[0], sent[2] }.Select(one => one.Reply.Balance));
        Assert.Equal(new EntityFailure(EntityFailureReason.KeyHeld, "holder"), sent[1].Failure);
        Assert.Single(await bed.HistoryAsync("a"));
    }

    [Fact]
    public async Task A_store_that_is_down_is_asked_again_at_growing_intervals_until_it_answers()
    {
        await using var bed = EntityBed.Start();
        Assert.Null(bed.Host.Health.Current);
        bed.Store.Writes.GoDown();
        bed.Store.Reads.GoDown();
        var sent = bed.Send("a", Deposit, isNew: true);
        var began = bed.Now;
        bed.Advance(TimeSpan.FromMinutes(1));

        Assert.False(sent.IsAnswered);
        Assert.Equal(began, bed.Host.Health.Current?.Since);
        Assert.InRange(bed.Actors.EventsOf<ActorFailed>().Count, 20, 50);

        bed.Store.Writes.ComeBack();
        bed.Store.Reads.ComeBack();
        bed.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(10, sent.Reply.Balance);
        Assert.Null(bed.Host.Health.Current);
        Assert.Single(await bed.HistoryAsync("a"));
    }

    [Fact]
    public async Task What_another_owner_has_written_meanwhile_is_not_taken_for_the_own_write()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        var hold = bed.Store.Writes.Hold();
        var sent = bed.Ask("a", Deposit);
        hold.Fail();
        bed.Run();
        var epoch = await bed.Store.AcquireShardAsync(0, "node-b", default);
        await bed.WriteBehindAsync("a", new AccountEvent.Deposited(500), new Account(510), epoch);

        bed.Advance(Settled);

        Assert.Equal(EntityFailureReason.Unavailable, sent.Failure.Reason);
    }

    [Fact]
    public async Task A_first_try_that_arrives_late_is_recognised()
    {
        await using var bed = EntityBed.Start();
        var late = bed.Store.Writes.Late();
        var again = bed.Store.Writes.Hold();
        var sent = bed.Ask("a", Deposit);
        bed.Advance(Settled);
        Assert.False(sent.IsAnswered);

        late.Release();
        again.Release();
        bed.Advance(Settled);

        Assert.Equal(10, sent.Reply.Balance);
        Assert.Single(await bed.HistoryAsync("a"));
        Assert.Equal(20, bed.Ask("a", Deposit).Reply.Balance);
    }
}
