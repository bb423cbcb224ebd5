using System.Collections.Concurrent;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Pools;

/// <summary>Lets those wait who must know whether an outcome of theirs became the attempt's: noted by pools' replies, waited for by anyone.</summary>
internal sealed class Settlements
{
    private readonly ConcurrentDictionary<(EntityKey Job, int Attempt), Awaited> waiting = new();
    private int count; // keeps the way of all other outcomes free of a look-up

    /// <summary>True once the outcome is durable, false when another one stands in its place. To be asked for before the outcome is handed in.</summary>
    public Task<bool> Of(EntityKey job, int attempt, JobOutcome outcome)
    {
        var awaited = new Awaited(outcome);
        if (waiting.TryAdd((job, attempt), awaited))
            Interlocked.Increment(ref count);
        return awaited.Done.Task;
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Forget(EntityKey job, int attempt)
    {
        if (waiting.TryRemove((job, attempt), out _))
            Interlocked.Decrement(ref count);
    }

    /// <summary>A shard has answered.</summary>
    public void Note(EntityKey job, EndAttempt end, object? reply)
    {
        if (Volatile.Read(ref count) == 0 || !waiting.TryRemove((job, end.Attempt), out var awaited))
            return;
        Interlocked.Decrement(ref count);
        awaited.Done.TrySetResult(reply is EndReply.Taken && ReferenceEquals(end.Outcome, awaited.Outcome));
    }

    private sealed class Awaited(JobOutcome outcome)
    {
        public JobOutcome Outcome => outcome;

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
