using ActorJobs.Actors.Entities;

namespace ActorJobs.TestKit.Accounts;

/// <summary>What an account may be asked.</summary>
public abstract record AccountCommand
{
    private AccountCommand()
    {
    }

    /// <summary>Adds to the balance.</summary>
    public sealed record Deposit(long Amount) : AccountCommand;

    /// <summary>Takes from the balance, or is refused.</summary>
    public sealed record Withdraw(long Amount) : AccountCommand;

    /// <summary>Takes the e-mail address, which no other account of the shard may have; null gives it up.</summary>
    public sealed record SetEmail(string? Email) : AccountCommand;

    /// <summary>Lets somebody use the account until the next reservation or event.</summary>
    public sealed record Reserve(string By) : AccountCommand;

    /// <summary>Asks to be reminded.</summary>
    public sealed record RemindAt(DateTimeOffset At) : AccountCommand;

    /// <summary>The reminder's time has come.</summary>
    public sealed record Remind : AccountCommand;

    /// <summary>Has the account deleted.</summary>
    public sealed record CloseAt(DateTimeOffset At) : AccountCommand;

    /// <summary>Makes the state as large as asked.</summary>
    public sealed record Fill(int Size) : AccountCommand;

    /// <summary>Changes nothing, answers with the balance.</summary>
    public sealed record GetBalance : AccountCommand;

    /// <summary>Makes the decider throw.</summary>
    public sealed record Fault(AccountFault Where) : AccountCommand;
}

/// <summary>Which of the decider's functions throws.</summary>
public enum AccountFault
{
    /// <summary>While deciding.</summary>
    Decide,

    /// <summary>While evolving.</summary>
    Evolve,
}

/// <summary>What may happen to an account.</summary>
public abstract record AccountEvent
{
    private AccountEvent()
    {
    }

    /// <summary>The balance grew.</summary>
    [EventType("account.deposited.v1")]
    public sealed record Deposited(long Amount) : AccountEvent;

    /// <summary>The balance shrank.</summary>
    [EventType("account.withdrawn.v1")]
    public sealed record Withdrawn(long Amount) : AccountEvent;

    /// <summary>The address changed.</summary>
    [EventType("account.email-set.v1")]
    public sealed record EmailSet(string? Email) : AccountEvent;

    /// <summary>Somebody uses the account; a lease, never in the history.</summary>
    [EventType("account.reserved.v1")]
    public sealed record Reserved(string By) : AccountEvent;

    /// <summary>A reminder was asked for.</summary>
    [EventType("account.reminder-set.v1")]
    public sealed record ReminderSet(DateTimeOffset At) : AccountEvent;

    /// <summary>The reminder's time came.</summary>
    [EventType("account.reminded.v1")]
    public sealed record Reminded(DateTimeOffset At) : AccountEvent;

    /// <summary>The end is fixed.</summary>
    [EventType("account.closing-set.v1")]
    public sealed record ClosingSet(DateTimeOffset At) : AccountEvent;

    /// <summary>The state was filled.</summary>
    [EventType("account.filled.v1")]
    public sealed record Filled(int Size) : AccountEvent;

    /// <summary>Cannot be evolved.</summary>
    [EventType("account.broken.v1")]
    public sealed record Broken : AccountEvent;
}

/// <summary>What an account answers.</summary>
/// <param name="IsDone">False when it refused.</param>
/// <param name="Balance">The balance after the command.</param>
public sealed record AccountReply(bool IsDone, long Balance);
