namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// How fast messages may go to one customer: one in a while, some in advance (the network's pair rate limit). The generic cell rate algorithm, which
/// needs one instant: when the whole advance is there again. Pure, and kept by the conversation, which is one in the whole cluster.
/// </summary>
/// <param name="Interval">The time between messages, on average.</param>
/// <param name="Burst">How many may go in advance of that.</param>
internal sealed record PairPace(TimeSpan Interval, int Burst)
{
    /// <summary>How long the next message has to wait; zero or less: it may go.</summary>
    public TimeSpan Wait(DateTimeOffset restoredAt, DateTimeOffset now) => After(restoredAt, now) - now - (Interval * Burst);

    /// <summary>When the whole advance is there again after a message.</summary>
    public DateTimeOffset After(DateTimeOffset restoredAt, DateTimeOffset now) => (restoredAt > now ? restoredAt : now) + Interval;
}
