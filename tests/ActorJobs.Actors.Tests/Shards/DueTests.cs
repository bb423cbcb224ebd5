using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Actors.Tests.Entities;
using ActorJobs.TestKit.Accounts;

namespace ActorJobs.Actors.Tests.Shards;

/// <summary>Waking and deleting entities when their time has come.</summary>
public sealed class DueTests
{
    private static readonly AccountCommand.Deposit Deposit = new(10);

    [Fact]
    public async Task An_entity_is_woken_at_its_time_and_not_before()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(5)));
        bed.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.Equal(0, (await bed.StoredAsync("a"))!.Reminders);

        bed.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, (await bed.StoredAsync("a"))!.Reminders);
        Assert.Empty(await DueAsync(bed));
    }

    [Fact]
    public async Task A_time_with_a_fraction_of_a_millisecond_is_not_missed()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromMicroseconds(1_500)));
        bed.Advance(TimeSpan.FromMilliseconds(2));

        Assert.Equal(1, (await bed.StoredAsync("a"))!.Reminders);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public async Task A_time_beyond_the_longest_timer_is_kept(int days)
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromDays(days)));
        bed.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await bed.StoredAsync("a"))!.Reminders);

        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, (await bed.StoredAsync("a"))!.Reminders);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task An_entity_is_woken_also_after_a_restart_of_the_host(int seconds)
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(30)));
        bed.Advance(TimeSpan.FromSeconds(29));
        await bed.RestartAsync();
        bed.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(1, (await bed.StoredAsync("a"))!.Reminders);
    }

    [Fact]
    public async Task What_has_been_deleted_is_not_made_anew_by_its_first_write_coming_in_late()
    {
        await using var bed = EntityBed.Start();
        var late = bed.Store.Writes.Late();
        bed.Ask("a", new AccountCommand.CloseAt(bed.Now + TimeSpan.FromSeconds(1)));
        bed.Advance(TimeSpan.FromSeconds(5)); // written again, and deleted
        Assert.Null(await bed.EntityAsync("a"));

        late.Release();
        bed.Run();

        Assert.Null(await bed.EntityAsync("a"));
        Assert.Empty(await DueAsync(bed));
    }

    [Fact]
    public async Task What_came_due_while_no_host_ran_is_made_up_for()
    {
        var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(30)));
        await bed.Actors.DisposeAsync();
        bed.Actors.Time.Advance(TimeSpan.FromHours(1));
        await bed.RestartAsync();
        bed.Run();

        Assert.Equal(1, (await bed.StoredAsync("a"))!.Reminders);
        await bed.DisposeAsync();
    }

    [Fact]
    public async Task A_time_that_is_put_off_or_brought_forward_counts_as_last_said()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("off", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(5)));
        bed.Ask("forward", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(50)));
        bed.Ask("off", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(20)));
        bed.Ask("forward", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(2)));

        bed.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((0, 1), ((await bed.StoredAsync("off"))!.Reminders, (await bed.StoredAsync("forward"))!.Reminders));

        bed.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((1, 1), ((await bed.StoredAsync("off"))!.Reminders, (await bed.StoredAsync("forward"))!.Reminders));
    }

    [Fact]
    public async Task An_entity_that_comes_due_while_it_is_written_is_woken_afterwards()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(5)));
        bed.Ask("b", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(6)));
        var hold = bed.Store.Writes.Hold();
        bed.Ask("a", Deposit);
        bed.Advance(TimeSpan.FromSeconds(10));

        hold.Release();
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, (await bed.StoredAsync("a"))!.Reminders);
        Assert.Equal(1, (await bed.StoredAsync("b"))!.Reminders);
    }

    [Fact]
    public async Task An_entity_is_deleted_with_everything_at_its_time()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.SetEmail("x@y"));
        bed.Ask("a", new AccountCommand.CloseAt(bed.Now + TimeSpan.FromSeconds(5)));
        bed.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.NotNull(await bed.StoredAsync("a"));

        bed.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await bed.EntityAsync("a"));
        Assert.Empty(await bed.HistoryAsync("a"));
        Assert.Empty(await bed.Store.CountAsync("", default));
        Assert.True(bed.Ask("b", new AccountCommand.SetEmail("x@y")).Reply.IsDone);
        Assert.Equal(10, bed.Ask("a", Deposit).Reply.Balance);
    }

    [Fact]
    public async Task An_entity_is_not_deleted_under_its_commands_but_right_after_them()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", Deposit);
        bed.Ask("a", new AccountCommand.CloseAt(bed.Now + TimeSpan.FromSeconds(5)));
        var hold = bed.Store.Writes.Hold();
        bed.Ask("a", Deposit);
        var waiting = bed.Ask("a", new AccountCommand.GetBalance());
        bed.Advance(TimeSpan.FromSeconds(10));

        hold.Release();
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(20, waiting.Reply.Balance);
        Assert.Null(await bed.EntityAsync("a"));
    }

    [Fact]
    public async Task A_wake_that_the_store_refused_is_tried_again()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(5)));
        var hold = bed.Store.Writes.Hold();
        bed.Advance(TimeSpan.FromSeconds(5));
        await bed.WriteBehindAsync("a", new AccountEvent.Deposited(7), new Account(7, RemindAt: bed.Now));

        hold.Release();
        bed.Run();
        Assert.Equal(0, (await bed.StoredAsync("a"))!.Reminders);
        bed.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, (await bed.StoredAsync("a"))!.Reminders);
    }

    [Fact]
    public async Task Thousands_that_are_due_together_are_drained_in_bounded_batches()
    {
        const int many = 3_000;
        await using var bed = EntityBed.Start(options => options with { LoadedEntities = 128 });
        var at = bed.Now + TimeSpan.FromSeconds(10);
        for (var i = 0; i < many; i++)
            bed.Send($"a{i}", new AccountCommand.RemindAt(at + TimeSpan.FromMilliseconds(i % 7)), isNew: true);
        bed.Run();
        var groups = bed.Store.Groups.Count;

        bed.Advance(TimeSpan.FromSeconds(60));

        for (var i = 0; i < many; i++)
            Assert.Equal(1, (await bed.StoredAsync($"a{i}"))!.Reminders);
        var drained = bed.Store.Groups.Skip(groups).ToArray();
        Assert.Equal(many, drained.Sum(group => group.Count));
        Assert.InRange(drained.Max(group => group.Count), 1, 256);
    }

    [Fact]
    public async Task Thousands_that_came_due_while_no_host_ran_are_drained_page_by_page()
    {
        const int many = 3_000;
        await using var bed = EntityBed.Start();
        for (var i = 0; i < many; i++)
            bed.Send($"a{i}", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(10)), isNew: true);
        bed.Run();
        await bed.Actors.DisposeAsync();
        bed.Actors.Time.Advance(TimeSpan.FromHours(1));
        await bed.RestartAsync();
        bed.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(many, (await bed.Store.CountAsync(Account.Empty, default))[Account.Empty]);
        Assert.Empty(await DueAsync(bed));
        Assert.Equal(1, (await bed.StoredAsync($"a{many - 1}"))!.Reminders);
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_is_read_a_little_later()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(30)));
        bed.Store.IndexReads.FailBefore().FailBefore();
        await bed.RestartAsync();
        bed.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(1, (await bed.StoredAsync("a"))!.Reminders);
    }

    [Fact]
    public async Task A_due_entity_that_cannot_be_loaded_is_tried_again()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(30)));
        await bed.RestartAsync();
        bed.Store.Reads.FailBefore().FailBefore();
        bed.Advance(TimeSpan.FromSeconds(35));

        Assert.Equal(1, (await bed.StoredAsync("a"))!.Reminders);
    }

    [Fact]
    public async Task What_changes_while_a_page_is_read_is_neither_missed_nor_woken_twice()
    {
        await using var bed = EntityBed.Start();
        bed.Ask("a", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(5)));
        var hold = bed.Store.IndexReads.HoldResult();
        await bed.RestartAsync();
        bed.Ask("a", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(20)));
        bed.Ask("b", new AccountCommand.RemindAt(bed.Now + TimeSpan.FromSeconds(7)));
        hold.Release();
        bed.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((0, 1), ((await bed.StoredAsync("a"))!.Reminders, (await bed.StoredAsync("b"))!.Reminders));

        bed.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((1, 1), ((await bed.StoredAsync("a"))!.Reminders, (await bed.StoredAsync("b"))!.Reminders));
    }

    private static async Task<IReadOnlyList<StoredEntry>> DueAsync(EntityBed bed) => await bed.Store.ReadIndexAsync(new(0, DueIndex.Name, 10), default);
}
