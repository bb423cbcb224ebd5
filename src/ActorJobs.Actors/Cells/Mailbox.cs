using System.Collections.Concurrent;
using ActorJobs.Actors.Dispatch;

namespace ActorJobs.Actors.Cells;

/// <summary>
/// Many writers, one reader at a time. Knows nothing of actors: it hands messages to an invoker in batches bounded by the throughput,
/// system messages first. It is its own work item, so scheduling allocates nothing.
/// </summary>
internal sealed class Mailbox<TMessage>(IMailboxInvoker<TMessage> invoker, Dispatcher dispatcher, int throughput, int limit) : IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Busy = 1;

    private readonly ConcurrentQueue<TMessage> user = new();
    private readonly ConcurrentQueue<SystemMessage> system = new();
    private int status;
    private int depth;
    private bool suspended; // written and read in turns only

    public int Depth => Math.Max(0, Volatile.Read(ref depth));

    /// <summary>False when the mailbox is full.</summary>
    public bool Post(TMessage message)
    {
        if (Interlocked.Increment(ref depth) > limit)
        {
            Interlocked.Decrement(ref depth);
            return false;
        }

        user.Enqueue(message);
        Schedule();
        return true;
    }

    public void PostSystem(SystemMessage message)
    {
        system.Enqueue(message);
        Schedule();
    }

    /// <summary>Holds user messages back. Called by the invoker in a turn.</summary>
    public void Suspend() => suspended = true;

    /// <summary>Lets user messages pass again. Called by the invoker in a turn.</summary>
    public void Resume() => suspended = false;

    public void Execute()
    {
        var turn = ProcessAsync();
        if (turn.IsCompleted)
            Rest();
        else
            _ = AwaitAsync(this, turn);

        static async Task AwaitAsync(Mailbox<TMessage> mailbox, ValueTask turn)
        {
            await turn.ConfigureAwait(false);
            mailbox.Rest();
        }
    }

    private async ValueTask ProcessAsync()
    {
        var handled = 0;
        while (handled < throughput)
        {
            if (system.TryDequeue(out var systemMessage))
            {
                await invoker.InvokeSystemAsync(systemMessage).ConfigureAwait(false);
                continue;
            }

            if (suspended || !user.TryDequeue(out var message))
                break;
            handled++;
            var turn = invoker.InvokeAsync(message);
            if (!turn.IsCompletedSuccessfully)
                await turn.ConfigureAwait(false);
        }

        Interlocked.Add(ref depth, -handled);
        if (handled > 0)
            await invoker.TurnEndedAsync().ConfigureAwait(false);
    }

    // A message posted between the last dequeue and the move to Idle finds Busy and schedules nothing: it would be stranded without the re-check.
    private void Rest()
    {
        Volatile.Write(ref status, Idle);
        Interlocked.MemoryBarrier();
        if (!system.IsEmpty || (!suspended && !user.IsEmpty))
            Schedule();
    }

    // The compare-exchange is also the fence between enqueuing and reading the status; a plain read first could pass the enqueue by.
    private void Schedule()
    {
        if (Interlocked.CompareExchange(ref status, Busy, Idle) == Idle)
            dispatcher.Schedule(this);
    }
}

/// <summary>Handles what a mailbox takes out. Never throws: failures are its own matter.</summary>
internal interface IMailboxInvoker<in TMessage>
{
    ValueTask InvokeAsync(TMessage message);

    ValueTask InvokeSystemAsync(SystemMessage message);

    ValueTask TurnEndedAsync();
}
