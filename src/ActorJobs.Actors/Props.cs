using ActorJobs.Actors.Supervision;

namespace ActorJobs.Actors;

/// <summary>The recipe for an actor.</summary>
/// <param name="Create">Makes a fresh instance; called again for each restart.</param>
public sealed record Props<TMessage>(Func<Actor<TMessage>> Create)
{
    /// <summary>How its children's failures are decided. Default: <see cref="SupervisorStrategy.Default"/>.</summary>
    public SupervisorStrategy Strategy { get; init; } = SupervisorStrategy.Default;

    /// <summary>How many messages it handles before others get the thread. Default: 256.</summary>
    public int Throughput { get; init; } = 256;

    /// <summary>How many messages may wait; the next one becomes a <see cref="DeadLetter"/>. Default: 1 million.</summary>
    public int MailboxLimit { get; init; } = 1_000_000;
}
