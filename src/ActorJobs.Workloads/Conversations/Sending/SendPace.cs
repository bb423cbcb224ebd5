namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// Keeps this node's sending within Meta's limits: so many messages a second from one number, and one in a while to the same customer with some in
/// advance. Both by the generic cell rate algorithm: one instant per key says when its bucket is empty again.
/// </summary>
internal sealed class SendPace(PaceOptions options, TimeProvider time)
{
    private const int MaxKeys = 100_000;

    private readonly Lock guard = new(); // guards `empties`
    private readonly Dictionary<string, long> empties = new(StringComparer.Ordinal);

    /// <summary>Takes a place for one message.</summary>
    /// <returns>Zero when it may go now; else how long to wait before asking again, and nothing was taken.</returns>
    public TimeSpan Take(ConversationId conversation)
    {
        var now = time.GetUtcNow().UtcTicks;
        var perNumber = TimeSpan.TicksPerSecond / options.PerSecond;
        var perPair = options.PairInterval.Ticks;
        lock (guard)
        {
            if (empties.Count >= MaxKeys)
                Sweep(now);
            var number = Next(conversation.Business, now, perNumber, options.PerSecond / 4);
            var pair = Next(conversation.ToString(), now, perPair, options.PairBurst);
            if (Math.Max(number.Wait, pair.Wait) is > 0 and var wait)
                return TimeSpan.FromTicks(wait);
            empties[conversation.Business] = number.Empty;
            empties[conversation.ToString()] = pair.Empty;
            return TimeSpan.Zero;
        }
    }

    private (long Empty, long Wait) Next(string key, long now, long interval, int burst)
    {
        var empty = Math.Max(now, empties.GetValueOrDefault(key)) + interval;
        return (empty, empty - now - (interval * Math.Max(1, burst)));
    }

    // a bucket that is empty by now is as good as none
    private void Sweep(long now)
    {
        foreach (var key in empties.Where(bucket => bucket.Value <= now).Select(bucket => bucket.Key).ToArray())
            empties.Remove(key);
    }
}
