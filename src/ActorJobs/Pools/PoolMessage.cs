using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Queues;

namespace ActorJobs.Pools;

/// <summary>What a pool is told.</summary>
internal abstract record PoolMessage
{
    private PoolMessage()
    {
    }

    /// <summary>Claimed jobs.</summary>
    /// <param name="Jobs">The jobs.</param>
    /// <param name="PickedAt">The timestamp of their pick: how long a claim takes decides how far ahead to claim.</param>
    /// <param name="Introduction">Which of the pool's introductions to the fetcher they belong to.</param>
    public sealed record Run(IReadOnlyList<ClaimedJob> Jobs, long PickedAt, int Introduction) : PoolMessage;

    /// <summary>An attempt's code has ended.</summary>
    public sealed record Ended(RunningAttempt Attempt, JobOutcome Outcome) : PoolMessage;

    /// <summary>A slot has nothing to run.</summary>
    public sealed record SlotFree(Slot Slot) : PoolMessage;

    /// <summary>Outcomes have reached the store.</summary>
    public sealed record Settled(int Count) : PoolMessage;

    /// <summary>Outcomes could not reach the store: to be sent again.</summary>
    public sealed record Unsettled(int Shard, IReadOnlyList<EntityCommand> Outcomes) : PoolMessage;

    /// <summary>Outcomes that their jobs could not take, for the how many-th time: to be sent again after a while.</summary>
    public sealed record Refused(int Shard, IReadOnlyList<RefusedOutcome> Outcomes, int Tries) : PoolMessage;

    /// <summary>Send refused outcomes whose time has come.</summary>
    public sealed record Resend : PoolMessage
    {
        public static Resend Instance { get; } = new();
    }

    /// <summary>Somebody wants a job to stop.</summary>
    public sealed record Cancel(JobId Job, int Attempt) : PoolMessage;

    /// <summary>An attempt wants its checkpoint stored now.</summary>
    public sealed record SaveCheckpoint(RunningAttempt Attempt, Completion<object?> Saved) : PoolMessage;

    /// <summary>Change the number of slots.</summary>
    public sealed record Resize(int Size) : PoolMessage;

    /// <summary>Scale between these from now on.</summary>
    public sealed record Bound(PoolBounds Bounds) : PoolMessage;

    /// <summary>Look at how long jobs wait.</summary>
    public sealed record Scale : PoolMessage
    {
        public static Scale Instance { get; } = new();
    }

    /// <summary>Start nothing more; answers when nothing runs any more.</summary>
    public sealed record Drain(Completion<bool> Drained) : PoolMessage;

    /// <summary>The deadline of a drain has passed: stop what still runs.</summary>
    public sealed record Interrupt : PoolMessage;

    /// <summary>The fetcher does not know the pool: it has begun anew, and what it had promised is void.</summary>
    public sealed record Introduce : PoolMessage;

    /// <summary>Look at timeouts and at what attempts have to say.</summary>
    public sealed record Tick : PoolMessage
    {
        public static Tick Instance { get; } = new();
    }
}
