using System.Globalization;

namespace ActorJobs.Cli;

/// <summary>A sorted set of jobs by the time at which they are to run, for all queues together: what Sidekiq has scheduled, and what it will try again.</summary>
internal sealed class ForeignSortedPlace(RedisConnection redis, string key, string name, Func<ForeignEntry, ForeignReading> read) : IForeignPlace
{
    public string Name => name;

    public async Task<long> CountAsync(CancellationToken cancellationToken) => (await redis.AskAsync(cancellationToken, "ZCARD", key)).Number;

    public async Task<IReadOnlyList<ForeignEntry>> PeekAsync(long skip, int count, CancellationToken cancellationToken) =>
        await PeekAsync(redis, key, skip, count, isByTime: true, cancellationToken);

    public async Task<IReadOnlyList<bool>> RemoveAsync(IReadOnlyList<ForeignEntry> entries, CancellationToken cancellationToken)
    {
        var replies = await redis.AskAllAsync([.. entries.Select(entry => (RedisWord[])["ZREM", key, entry.Value])], cancellationToken);
        return [.. replies.Select(reply => reply.Number > 0)];
    }

    public ForeignReading Read(ForeignEntry entry) => read(entry);

    /// <summary>Members of a sorted set, lowest score first, without taking them.</summary>
    /// <param name="redis">Where it is.</param>
    /// <param name="key">The set.</param>
    /// <param name="skip">How many to pass over at the beginning.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="isByTime">Whether its scores are instants at which jobs are to run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ForeignEntry[]> PeekAsync(RedisConnection redis, string key, long skip, int count, bool isByTime, CancellationToken cancellationToken)
    {
        var reply = await redis.AskAsync(cancellationToken, "ZRANGE", key, skip, skip + count - 1, "WITHSCORES");
        return [.. reply.List.Chunk(2).Select(pair => new ForeignEntry(pair[0].Bytes ?? [], isByTime ? InstantOf(pair[1].Text) : null))];
    }

    // seconds since 1970; null for what is none
    private static DateTimeOffset? InstantOf(string score) =>
        double.TryParse(score, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? ForeignTime.OfSeconds(seconds) : null;
}
