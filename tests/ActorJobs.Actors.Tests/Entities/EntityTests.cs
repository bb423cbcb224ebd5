using ActorJobs.Actors.Entities;
using ActorJobs.TestKit.Accounts;

namespace ActorJobs.Actors.Tests.Entities;

public sealed class EntityTests
{
    private static readonly AccountCommand.Deposit Deposit = new(10);

    [Fact]
    public async Task A_reply_leaves_only_when_the_write_is_durable()
    {
        await using var bed = EntityBed.Start();
        var hold = bed.Store.Writes.HoldResult();
        var sent = bed.Ask("a", Deposit);
        Assert.False(sent.IsAnswered);

        hold.Release();
        bed.Run();

        Assert.Equal(new AccountReply(true, 10), sent.Reply);
        Assert.Equal(10, (await bed.StoredAsync("a"))!.Balance);
    }

    [Fact]
    public async Task A_command_that_changes_nothing_is_answered_without_a_write()
    {
        await using var bed = EntityBed.Start();

        Assert.Equal(new AccountReply(false, 0), bed.Ask("a", new AccountCommand.Withdraw(1)).Reply);

        Assert.Empty(bed.Store.Groups);
        Assert.Null(await bed.StoredAsync("a"));
    }

    [Fact]
    public async Task Commands_of_one_turn_see_each_other_s_effect_and_become_one_write()
    {
        await using var bed = EntityBed.Start();
        Sent[] sent = [bed.Send("a", Deposit), bed.Send("a", new AccountCommand.Withdraw(4)), bed.Send("a", new AccountCommand.Withdraw(7)), bed.Send("a", Deposit)];
        bed.Run();

        Assert.Equal([new(true, 10), new(true, 6), new(false, 6), new(true, 16)], sent.Select(one => one.Reply));
        Assert.Equal(3, Assert.Single(Assert.Single(bed.Store.Groups)).Events.Count);
        Assert.Equal(["account.deposited.v1", "account.withdrawn.v1", "account.deposited.v1"], await bed.HistoryAsync("a"));
    }

    [Fact]
    public async Task Commands_that_come_during_a_write_wait_for_its_end_and_go_together()
    {
        await using var bed = EntityBed.Start();
        var hold = bed.Store.Writes.Hold();
        var first = bed.Ask("a", Deposit);
        var second = bed.Ask("a", Deposit);
        var third = bed.Ask("a", new AccountCommand.GetBalance());
        Assert.Single(bed.Store.Groups);
        Assert.False(first.IsAnswered || second.IsAnswered || third.IsAnswered);

        hold.Release();
        bed.Run();

        Assert.Equal([10, 20, 20], new[] { first, second, third }.Select(one => one.Reply.Balance));
        Assert.Equal(2, bed.Store.Groups.Count);
    }

    [Fact]
    public async Task Writes_of_many_entities_that_come_during_a_write_become_one_group()
    {
        await using var bed = EntityBed.Start(options => options with { Shards = 4 });
        var hold = bed.Store.Writes.Hold();
        bed.Ask("first", Deposit);
        var sent = Enumerable.Range(0, 50).Select(i => bed.Ask($"a{i}", Deposit)).ToArray();

        hold.Release();
        bed.Run();

        Assert.All(sent, one => Assert.Equal(10, one.Reply.Balance));
        Assert.Equal([1, 50], bed.Store.Groups.Select(group => group.Count));
    }

    [Fact]
    public async Task A_new_id_is_written_without_a_read()
    {
        await using var bed = EntityBed.Start();
        bed.Store.Reads.GoDown();

        var sent = bed.Send("a", Deposit, isNew: true);
        bed.Run();

        Assert.Equal(10, sent.Reply.Balance);
    }

    [Fact]
    public async Task A_lease_is_part_of_the_state_outlives_the_host_and_ends_with_the_next_event()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        bed.Ask("a", new AccountCommand.Reserve("me"));
        bed.Ask("a", new AccountCommand.Reserve("you"));
        Assert.Equal("you", await ReservedByAsync());
        Assert.Single(await bed.HistoryAsync("a"));
        IReadOnlyList<EntityKey> found = [];

        await bed.RestartAsync(options => options with
        {
            ShardAcquired = (_, leased) =>
            {
                found = leased;
                return default;
            },
        });

        Assert.Equal([Account.Key("a")], found);
        Assert.Equal("you", await ReservedByAsync());
        bed.Ask("a", Deposit);
        Assert.Null(await ReservedByAsync());
        Assert.Null((await bed.EntityAsync("a"))!.Lease);

        // kept as the entry's value, which must follow the state
        async Task<string?> ReservedByAsync() => Assert.Single(await bed.Store.ReadIndexAsync(new(0, Account.Funded, 10), default)).Value;
    }

    [Fact]
    public async Task An_entity_to_which_nothing_has_happened_cannot_be_leased()
    {
        await using var bed = EntityBed.Start();

        Assert.Equal(EntityFailureReason.Faulted, bed.Ask("a", new AccountCommand.Reserve("me")).Failure.Reason);
        Assert.Equal(10, bed.Ask("a", Deposit).Reply.Balance);
    }

    [Fact]
    public async Task Entries_follow_the_state()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        bed.Ask("b", Deposit);
        bed.Ask("b", new AccountCommand.Withdraw(10));

        Assert.Equal([new(Account.Key("a"), 10, null)], await bed.Store.ReadIndexAsync(new(0, Account.Funded, 10), default));
        Assert.Equal([new(Account.Key("b"), 0, null)], await bed.Store.ReadIndexAsync(new(0, Account.Empty, 10), default));
    }

    [Fact]
    public async Task Idle_entities_leave_memory_and_come_back_as_they_were()
    {
        const int many = 1_000;
        await using var bed = EntityBed.Start(options => options with { LoadedEntities = 64 });
        for (var i = 0; i < many; i++)
            bed.Ask($"a{i}", new AccountCommand.Deposit(i + 1));

        bed.Store.Reads.GoDown();
        Assert.Equal(many, bed.Ask($"a{many - 1}", new AccountCommand.GetBalance()).Reply.Balance);
        Assert.Equal(EntityFailureReason.Unavailable, bed.Ask("a0", new AccountCommand.GetBalance()).Failure.Reason);

        bed.Store.Reads.ComeBack();
        for (var i = 0; i < many; i++)
            Assert.Equal(i + 1, bed.Ask($"a{i}", new AccountCommand.GetBalance()).Reply.Balance);
    }

    [Fact]
    public async Task A_state_of_another_schema_is_rebuilt_from_the_events()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        bed.Ask("a", new AccountCommand.Withdraw(3));
        bed.Ask("a", new AccountCommand.Reserve("me"));
        await bed.RestartAsync(options => options with { Kinds = [Account.Kind(schema: 2)] });
        bed.Store.Reads.HoldResult().Release(); // the entity
        var history = bed.Store.Reads.HoldResult();

        var sent = bed.Ask("a", Deposit);
        Assert.False(sent.IsAnswered);
        history.Release();
        bed.Run();

        Assert.Equal(17, sent.Reply.Balance);
        Assert.Equal(2, (await bed.EntityAsync("a"))!.State.Schema);
    }

    [Fact]
    public async Task Observers_are_told_of_each_durable_change_and_of_the_end_of_the_turn()
    {
        var observer = new Observer();
        await using var bed = EntityBed.Start(options => options with { Kinds = [Account.Kind(observer: _ => observer)] });
        var hold = bed.Store.Writes.HoldResult();
        bed.Ask("a", Deposit);
        Assert.Empty(observer.Changes);

        hold.Release();
        bed.Run();
        bed.Ask("a", new AccountCommand.GetBalance());

        Assert.Equal(["account/a 0 10"], observer.Changes);
        Assert.True(observer.TurnsEnded > 0);
    }

    [Fact]
    public async Task Who_asks_gets_the_reply_or_the_failure_as_an_exception()
    {
        await using var bed = EntityBed.Start();
        var good = bed.Host.AskAsync<AccountReply>(Account.Key("a"), Deposit).AsTask();
        var bad = bed.Host.AskAsync<AccountReply>(new EntityKey("no-kind", "a"), Deposit).AsTask();
        bed.Run();

        Assert.Equal(new AccountReply(true, 10), await good);
        var failure = await Assert.ThrowsAsync<EntityException>(() => bad);
        Assert.Equal((new EntityKey("no-kind", "a"), EntityFailureReason.UnknownKind), (failure.Key, failure.Failure.Reason));
    }

    private sealed class Observer : IEntityObserver<Account>
    {
        public List<string> Changes { get; } = [];

        public int TurnsEnded { get; private set; }

        public void Changed(EntityKey key, Account before, Account after) => Changes.Add($"{key} {before.Balance} {after.Balance}");

        public void TurnEnded() => TurnsEnded++;
    }
}
