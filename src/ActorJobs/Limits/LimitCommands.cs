using ActorJobs.Actors.Entities;

namespace ActorJobs.Limits;

/// <summary>What can be asked of a queue's arbiter.</summary>
internal abstract record LimitCommand;

/// <summary>Give permits. Answers <see cref="PermitsAnswer"/>. The same ask again gets the same permits.</summary>
/// <param name="Asker">Who asks.</param>
/// <param name="Ask">A number that grows with each of its asks.</param>
/// <param name="Limits">What bounds the queue, as the asker has it.</param>
/// <param name="Wishes">The jobs, at most 256.</param>
internal sealed record AskPermits(string Asker, long Ask, QueueLimits Limits, IReadOnlyList<PermitWish> Wishes) : LimitCommand;

/// <summary>Take note of what became of permits.</summary>
/// <param name="Started">Those whose attempts have started.</param>
/// <param name="Ended">Those whose attempts have ended, or never started and never will.</param>
internal sealed record SettlePermits(IReadOnlyList<long> Started, IReadOnlyList<long> Ended) : LimitCommand;

/// <summary>An ask got no answer: what it was granted is not used.</summary>
internal sealed record DropAsk(string Asker, long Ask) : LimitCommand;

/// <summary>The answers to an ask's wishes, in their order.</summary>
internal sealed record PermitsAnswer(IReadOnlyList<PermitReply> Replies);

/// <summary>What happens to an arbiter.</summary>
internal abstract record LimitEvent;

/// <summary>It was asked for the first time.</summary>
[EventType("limit.opened.v1")]
internal sealed record LimitOpened(DateTimeOffset At) : LimitEvent;

/// <summary>What it has given out. A lease: only the last matters, and no history of it is kept.</summary>
[EventType("limit.permits-held.v1")]
internal sealed record PermitsHeld(LimitState State) : LimitEvent;
