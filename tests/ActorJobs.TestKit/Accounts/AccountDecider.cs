using System.Diagnostics;
using ActorJobs.Actors.Entities;

namespace ActorJobs.TestKit.Accounts;

/// <summary>The rules of an <see cref="Account"/>.</summary>
internal sealed class AccountDecider : IDecider<Account, AccountCommand, AccountEvent>
{
    public Account Initial { get; } = new();

    public AccountCommand Wake { get; } = new AccountCommand.Remind();

    public Decision<AccountEvent> Decide(Account state, AccountCommand command, DecisionContext context) => command switch
    {
        AccountCommand.Deposit deposit => Happened(state, new AccountEvent.Deposited(deposit.Amount)),
        AccountCommand.Withdraw withdraw when withdraw.Amount > state.Balance => Reply(state, isDone: false),
        AccountCommand.Withdraw withdraw => Happened(state, new AccountEvent.Withdrawn(withdraw.Amount)),
        AccountCommand.SetEmail set when set.Email == state.Email => Reply(state),
        AccountCommand.SetEmail set => Happened(state, new AccountEvent.EmailSet(set.Email)),
        AccountCommand.Reserve reserve => Decision.Holds<AccountEvent>(
            new AccountEvent.Reserved(reserve.By), new AccountReply(true, state.Balance)),
        AccountCommand.RemindAt remind => Happened(state, new AccountEvent.ReminderSet(remind.At)),
        AccountCommand.Remind when state.RemindAt is null => Reply(state, isDone: false),
        AccountCommand.Remind => Happened(state, new AccountEvent.Reminded(context.Now)),
        AccountCommand.CloseAt close => Happened(state, new AccountEvent.ClosingSet(close.At)),
        AccountCommand.Fill fill => Happened(state, new AccountEvent.Filled(fill.Size)),
        AccountCommand.GetBalance => Reply(state),
        AccountCommand.Fault { Where: AccountFault.Evolve } => Happened(state, new AccountEvent.Broken()),
        AccountCommand.Fault => throw new InvalidOperationException("asked to fail"),
        _ => throw new UnreachableException(),
    };

    public Account Evolve(Account state, AccountEvent happened) => happened switch
    {
        AccountEvent.Deposited deposited => state with { Balance = state.Balance + deposited.Amount, ReservedBy = null },
        AccountEvent.Withdrawn withdrawn => state with { Balance = state.Balance - withdrawn.Amount, ReservedBy = null },
        AccountEvent.EmailSet set => state with { Email = set.Email, ReservedBy = null },
        AccountEvent.Reserved reserved => state with { ReservedBy = reserved.By },
        AccountEvent.ReminderSet set => state with { RemindAt = set.At, ReservedBy = null },
        AccountEvent.Reminded => state with { RemindAt = null, Reminders = state.Reminders + 1, ReservedBy = null },
        AccountEvent.ClosingSet set => state with { CloseAt = set.At, ReservedBy = null },
        AccountEvent.Filled filled => state with { Filler = new string('x', filled.Size), ReservedBy = null },
        AccountEvent.Broken => throw new InvalidOperationException("asked to fail"),
        _ => throw new UnreachableException(),
    };

    public Intents Intents(Account state) => new()
    {
        WakeAt = state.RemindAt,
        DeleteAt = state.CloseAt,
        UniqueKey = state.Email,
        Entries = [state.Balance > 0 ? new(Account.Funded, state.Balance, state.ReservedBy) : new(Account.Empty, 0, state.ReservedBy)],
    };

    private static Decision<AccountEvent> Reply(Account state, bool isDone = true) =>
        Decision.Reply<AccountEvent>(new AccountReply(isDone, state.Balance));

    private Decision<AccountEvent> Happened(Account state, AccountEvent happened) =>
        Decision.Happened(happened, new AccountReply(true, happened is AccountEvent.Broken ? state.Balance : Evolve(state, happened).Balance));
}
