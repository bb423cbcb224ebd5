using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.TestKit.Accounts;

namespace ActorJobs.Actors.Tests.Entities;

public sealed class EntityFailureTests
{
    private static readonly AccountCommand.Deposit Deposit = new(10);

    [Fact]
    public async Task An_id_that_was_not_new_after_all_conflicts_and_is_read_for_the_next_command()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        await bed.RestartAsync();

        var wrong = bed.Send("a", Deposit, isNew: true);
        bed.Run();

        Assert.Equal(EntityFailureReason.Unavailable, wrong.Failure.Reason);
        Assert.Equal(20, bed.Ask("a", Deposit).Reply.Balance);
    }

    [Fact]
    public async Task After_a_version_conflict_the_entity_is_read_again_for_the_commands_that_wait()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        var hold = bed.Store.Writes.Hold();
        var refused = bed.Ask("a", Deposit);
        var waiting = bed.Ask("a", Deposit);
        await bed.WriteBehindAsync("a", new AccountEvent.Deposited(500), new Account(510));

        hold.Release();
        bed.Run();

        Assert.Equal(EntityFailureReason.Unavailable, refused.Failure.Reason);
        Assert.Equal(520, waiting.Reply.Balance);
    }

    [Fact]
    public async Task An_entity_deleted_behind_its_owner_begins_anew()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        var hold = bed.Store.Writes.Hold();
        var refused = bed.Ask("a", Deposit);
        var waiting = bed.Ask("a", Deposit);
        var deletion = new EntityWrite { Key = Account.Key("a"), Shard = 0, Epoch = 1, ExpectedVersion = 1, Delete = true };
        Assert.Equal(WriteStatus.Written, Assert.Single(await bed.Store.WriteAsync([deletion], default)).Status);

        hold.Release();
        bed.Run();

        Assert.Equal(EntityFailureReason.Unavailable, refused.Failure.Reason);
        Assert.Equal(10, waiting.Reply.Balance);
    }

    [Fact]
    public async Task A_held_unique_key_is_answered_with_its_holder_and_changes_nothing()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.SetEmail("x@y"));

        var refused = bed.Ask("b", new AccountCommand.SetEmail("x@y"));

        Assert.Equal(new EntityFailure(EntityFailureReason.KeyHeld, "a"), refused.Failure);
        Assert.Null(await bed.StoredAsync("b"));
        bed.Ask("a", new AccountCommand.SetEmail(null));
        Assert.True(bed.Ask("b", new AccountCommand.SetEmail("x@y")).Reply.IsDone);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_and_the_entity_goes_on()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);

        Assert.Equal(EntityFailureReason.TooLarge, bed.Ask("a", new AccountCommand.Fill(4 << 20)).Failure.Reason);

        Assert.Equal(20, bed.Ask("a", Deposit).Reply.Balance);
        Assert.Equal("", (await bed.StoredAsync("a"))!.Filler);
        Assert.True(bed.Ask("a", new AccountCommand.Fill(3 << 20)).Reply.IsDone);
    }

    [Theory]
    [InlineData(AccountFault.Decide)]
    [InlineData(AccountFault.Evolve)]
    public async Task A_decider_that_throws_harms_nobody_else(AccountFault fault)
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        Sent[] sent = [bed.Send("a", Deposit), bed.Send("a", new AccountCommand.Fault(fault)), bed.Send("a", Deposit), bed.Send("other", Deposit)];
        bed.Run();

        Assert.Equal(new EntityFailure(EntityFailureReason.Faulted, "asked to fail"), sent[1].Failure);
        Assert.Equal([20, 30, 10], new[] { sent[0], sent[2], sent[3] }.Select(one => one.Reply.Balance));
        Assert.Equal(3, (await bed.HistoryAsync("a")).Length);
        Assert.Contains(bed.Actors.EventsOf<ActorFailed>(), failed => failed.Path == "/shards/0/account/a");
    }

    [Fact]
    public async Task A_decision_that_cannot_be_encoded_harms_nobody_else()
    {
        await using var bed = EntityBed.Start(options => options with { Kinds = [Account.Kind(), UnwritableKind.Kind] });
        var broken = new Sent();
        bed.Host.Send([new EntityCommand(new EntityKey(UnwritableKind.Name, "u"), "anything", broken)]);
        var other = bed.Send("a", Deposit);
        bed.Run();

        Assert.Equal(EntityFailureReason.Faulted, broken.Failure.Reason);
        Assert.Equal(10, other.Reply.Balance);
        Assert.Empty(bed.Actors.EventsOf<ActorRestarted>());
    }

    [Fact]
    public async Task An_unknown_kind_and_a_foreign_command_are_refused()
    {
        await using var bed = EntityBed.Start();
        var (unknown, foreign) = (new Sent(), new Sent());
        bed.Host.Send([new EntityCommand(new EntityKey("no-kind", "x"), Deposit, unknown)]);
        bed.Host.Send([new EntityCommand(Account.Key("a"), "deposit", foreign)]);
        bed.Run();

        Assert.Equal(new EntityFailure(EntityFailureReason.UnknownKind, "no-kind"), unknown.Failure);
        Assert.Equal(EntityFailureReason.Faulted, foreign.Failure.Reason);
    }

    [Fact]
    public async Task A_command_to_a_host_that_has_stopped_is_answered()
    {
        var bed = EntityBed.Start();
        await bed.DisposeAsync();

        var late = bed.Send("a", Deposit);
        bed.Actors.Dispatcher.RunUntilIdle();

        Assert.Equal(EntityFailureReason.Unavailable, late.Failure.Reason);
    }

    [Fact]
    public async Task What_is_under_way_when_a_host_stops_is_answered()
    {
        var bed = EntityBed.Start();
        bed.Store.Writes.Hold();
        var writing = bed.Ask("a", Deposit);
        var waiting = bed.Ask("a", Deposit);
        bed.Store.Reads.Hold();
        var loading = bed.Ask("b", Deposit);

        await bed.DisposeAsync();

        Assert.All([writing, waiting, loading], sent => Assert.Equal(EntityFailureReason.Unavailable, sent.Failure.Reason));
    }
}
