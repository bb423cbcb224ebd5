using ActorJobs.Actors.Entities;

namespace ActorJobs.Limits.Breakers;

/// <summary>What can be asked of a breaker.</summary>
/// <param name="Options">When it opens and closes, as the asker has it.</param>
internal abstract record BreakerCommand(BreakerOptions Options);

/// <summary>Attempts of jobs that need the dependency have ended.</summary>
internal sealed record NoteOutcomes(BreakerOptions Options, int Failures, int Successes) : BreakerCommand(Options);

/// <summary>May a probe through? Answers <see cref="ProbeAnswer"/>.</summary>
internal sealed record AskProbe(BreakerOptions Options) : BreakerCommand(Options);

/// <summary>Open or close it by hand. Answers the breaker after it.</summary>
internal sealed record SetBreaker(BreakerOptions Options, bool Open) : BreakerCommand(Options);

/// <summary>Whether a probe may through, and if not when to ask again.</summary>
internal sealed record ProbeAnswer(bool IsGranted, TimeSpan RetryAfter);

/// <summary>What happens to a breaker.</summary>
internal abstract record BreakerEvent(CircuitBreaker State);

/// <summary>It has opened, closed, or let its first probe through.</summary>
[EventType("breaker.changed.v1")]
internal sealed record BreakerChanged(CircuitBreaker State) : BreakerEvent(State);

/// <summary>What it counts at the moment. A lease: no history of it is kept.</summary>
[EventType("breaker.counted.v1")]
internal sealed record BreakerCounted(CircuitBreaker State) : BreakerEvent(State);
