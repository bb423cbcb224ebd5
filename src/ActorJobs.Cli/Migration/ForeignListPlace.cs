namespace ActorJobs.Cli;

/// <summary>A list into which jobs are pushed at the head and from which workers take them at the tail: queues of Sidekiq and of Celery.</summary>
internal sealed class ForeignListPlace(RedisConnection redis, string key, string name, Func<ForeignEntry, ForeignReading> read) : IForeignPlace
{
    public string Name => name;

    public async Task<long> CountAsync(CancellationToken cancellationToken) => (await redis.AskAsync(cancellationToken, "LLEN", key)).Number;

    // counted from the tail, where jobs that come meanwhile change nothing
    public async Task<IReadOnlyList<ForeignEntry>> PeekAsync(long skip, int count, CancellationToken cancellationToken)
    {
        var reply = await redis.AskAsync(cancellationToken, "LRANGE", key, -skip - count, -skip - 1);
        return [.. reply.List.Reverse().Select(item => new ForeignEntry(item.Bytes ?? []))];
    }

    // from the tail, too: what has been looked at is found at once
    public async Task<IReadOnlyList<bool>> RemoveAsync(IReadOnlyList<ForeignEntry> entries, CancellationToken cancellationToken)
    {
        var replies = await redis.AskAllAsync([.. entries.Select(entry => (RedisWord[])["LREM", key, -1, entry.Value])], cancellationToken);
        return [.. replies.Select(reply => reply.Number > 0)];
    }

    public ForeignReading Read(ForeignEntry entry) => read(entry);
}
