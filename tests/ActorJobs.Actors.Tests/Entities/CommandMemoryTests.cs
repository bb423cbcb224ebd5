using ActorJobs.Actors.Entities;
using ActorJobs.TestKit.Accounts;

namespace ActorJobs.Actors.Tests.Entities;

public sealed class CommandMemoryTests
{
    private static readonly AccountCommand.Deposit Deposit = new(10);

    [Fact]
    public async Task A_repeated_command_gets_its_first_reply_and_changes_nothing()
    {
        await using var bed = Start(remembered: 3);
        Assert.Equal(10, bed.Ask("a", Deposit, "c1").Reply.Balance);
        Assert.Equal(20, bed.Ask("a", Deposit, "c2").Reply.Balance);

        Assert.Equal(10, bed.Ask("a", Deposit, "c1").Reply.Balance);

        Assert.Equal(2, (await bed.HistoryAsync("a")).Length);
    }

    [Fact]
    public async Task A_command_repeated_in_the_same_turn_gets_its_first_reply_too()
    {
        await using var bed = Start(remembered: 3);
        Sent[] sent = [bed.Send("a", Deposit, "c1"), bed.Send("a", Deposit, "c1"), bed.Send("a", Deposit, "c2")];
        bed.Run();

        Assert.Equal([10, 10, 20], sent.Select(one => one.Reply.Balance));
    }

    [Fact]
    public async Task Replies_are_remembered_across_a_restart_of_the_host()
    {
        await using var bed = Start(remembered: 3);
        bed.Ask("a", Deposit, "c1");
        bed.Ask("a", Deposit, "c2");
        await bed.RestartAsync();

        Assert.Equal(10, bed.Ask("a", Deposit, "c1").Reply.Balance);
        Assert.Equal(30, bed.Ask("a", Deposit, "c3").Reply.Balance);
    }

    [Fact]
    public async Task Replies_are_remembered_across_a_change_of_the_state_s_schema()
    {
        await using var bed = Start(remembered: 3);
        bed.Ask("a", Deposit, "c1");
        bed.Ask("a", Deposit, "c2");
        await bed.RestartAsync(options => options with { Kinds = [Account.Kind(rememberedCommands: 3, schema: 2)] });

        Assert.Equal(10, bed.Ask("a", Deposit, "c1").Reply.Balance);
        Assert.Equal(20, bed.Ask("a", new AccountCommand.GetBalance()).Reply.Balance);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public async Task A_kind_may_begin_or_cease_to_remember(int before, int after)
    {
        await using var bed = Start(before);
        bed.Ask("a", Deposit, "c1");
        await bed.RestartAsync(options => options with { Kinds = [Account.Kind(after)] });

        Assert.Equal(20, bed.Ask("a", Deposit, "c2").Reply.Balance);
        await bed.RestartAsync(options => options with { Kinds = [Account.Kind(before)] });
        Assert.Equal(30, bed.Ask("a", Deposit, "c3").Reply.Balance);
    }

    [Fact]
    public async Task The_oldest_reply_is_forgotten_first()
    {
        await using var bed = Start(remembered: 2);
        for (var i = 1; i <= 3; i++)
            bed.Ask("a", Deposit, $"c{i}");

        Assert.Equal(20, bed.Ask("a", Deposit, "c2").Reply.Balance);
        Assert.Equal(40, bed.Ask("a", Deposit, "c1").Reply.Balance);
    }

    [Fact]
    public async Task A_refused_write_is_not_remembered()
    {
        await using var bed = Start(remembered: 3);
        bed.Ask("holder", new AccountCommand.SetEmail("x@y"));
        bed.Ask("a", Deposit);
        var claim = new AccountCommand.SetEmail("x@y");
        Assert.Equal(EntityFailureReason.KeyHeld, bed.Ask("a", claim, "c1").Failure.Reason);
        Assert.Equal(EntityFailureReason.TooLarge, bed.Ask("a", new AccountCommand.Fill(5 << 20), "c2").Failure.Reason);

        Assert.Equal(EntityFailureReason.KeyHeld, bed.Ask("a", claim, "c1").Failure.Reason);
        Assert.Equal(EntityFailureReason.TooLarge, bed.Ask("a", new AccountCommand.Fill(5 << 20), "c2").Failure.Reason);
    }

    [Fact]
    public async Task A_first_write_that_was_refused_is_not_remembered_by_what_waited_for_it()
    {
        await using var bed = Start(remembered: 3);
        bed.Ask("holder", new AccountCommand.SetEmail("x@y"));
        var hold = bed.Store.Writes.Hold();
        var claim = bed.Ask("a", new AccountCommand.SetEmail("x@y"), "c1");
        var repeated = bed.Ask("a", new AccountCommand.SetEmail("x@y"), "c1");

        hold.Release();
        bed.Run();

        Assert.Equal(EntityFailureReason.KeyHeld, claim.Failure.Reason);
        Assert.Equal(EntityFailureReason.KeyHeld, repeated.Failure.Reason);
    }

    private static EntityBed Start(int remembered) => EntityBed.Start(options => options with { Kinds = [Account.Kind(remembered)] });
}
