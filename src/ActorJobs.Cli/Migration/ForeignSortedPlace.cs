using System.Globalization;

namespace ActorJobs.Cli;

/// <summary>A sorted set of jobs by the time at which they are to run, for all queues together: what Sidekiq has scheduled, and what it will try again.</summary>
internal sealed class ForeignSortedPlace(RedisConnection redis, string key, string name, Func<ForeignEntry, ForeignReading> read) : IForeignPlace
{
    public string Name => name;

    public async Task<long> CountAsync(CancellationToken cancellationToken) => (await redis.AskAsync(cancellationToken, "ZCARD", key)).Number;

    public async Task<IReadOnlyList<ForeignEntry>> PeekAsync(long skip, int count, CancellationToken cancellationToken)
    {
        var reply = await redis.AskAsync(cancellationToken, "ZRANGE", key, skip, skip + count - 1, "WITHSCORES");
        return [.. reply.List.Chunk(2).Select(pair => new ForeignEntry(pair[0].Bytes ?? [], InstantOf(pair[1].Text)))];
    }

    public async Task<IReadOnlyList<bool>> RemoveAsync(IReadOnlyList<ForeignEntry> entries, CancellationToken cancellationToken)
    {
        var replies = await redis.AskAllAsync([.. entries.Select(entry => (RedisWord[])["ZREM", key, entry.Value])], cancellationToken);
        return [.. replies.Select(reply => reply.Number > 0)];
    }

    public ForeignReading Read(ForeignEntry entry) => read(entry);

    /// <summary>The instant of a score: seconds since 1970, or null when it is none.</summary>
    public static DateTimeOffset? InstantOf(string score) =>
        double.TryParse(score, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? ForeignTime.OfSeconds(seconds) : null;
}
