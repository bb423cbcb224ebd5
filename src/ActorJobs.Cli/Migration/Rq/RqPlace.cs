using System.Text;

namespace ActorJobs.Cli;

/// <summary>Ids of RQ's jobs in a queue's list, or in a sorted set by the time at which they are to run, with the hash in which RQ keeps the rest of each.</summary>
/// <param name="redis">RQ's Redis.</param>
/// <param name="key">The list or the set.</param>
/// <param name="order">Which of the two, and what its scores mean.</param>
/// <param name="name">What people call it.</param>
internal sealed class RqPlace(RedisConnection redis, string key, RqOrder order, string name) : IForeignPlace
{
    /// <summary>Among the fields of an entry: there when other jobs wait for it.</summary>
    public const string Dependents = ":dependents";

    private static readonly Lazy<string> Remove = new(() =>
    {
        using var script = new StreamReader(typeof(RqPlace).Assembly.GetManifestResourceStream("redis.RemoveRqJob.lua")!);
        return script.ReadToEnd();
    });

    public string Name => name;

    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await redis.AskAsync(cancellationToken, order == RqOrder.List ? "LLEN" : "ZCARD", key)).Number;

    public async Task<IReadOnlyList<ForeignEntry>> PeekAsync(long skip, int count, CancellationToken cancellationToken)
    {
        var entries = order == RqOrder.List
            ? (await redis.AskAsync(cancellationToken, "LRANGE", key, skip, skip + count - 1)).List.Select(item => new ForeignEntry(item.Bytes ?? [])).ToArray()
            : await ForeignSortedPlace.PeekAsync(redis, key, skip, count, isByTime: order == RqOrder.Due, cancellationToken);
        var kept = await redis.AskAllAsync([.. entries.SelectMany(entry => (RedisWord[][])[["HGETALL", HashOf(entry)], ["SCARD", HashOf(entry) + Dependents]])], cancellationToken);
        return [.. entries.Select((entry, at) => entry with { Fields = FieldsOf(kept[2 * at], kept[(2 * at) + 1].Number > 0) })];
    }

    // the id and the hash in one step: without the hash a worker would stumble over the id, without the id nobody would ever delete the hash
    public async Task<IReadOnlyList<bool>> RemoveAsync(IReadOnlyList<ForeignEntry> entries, CancellationToken cancellationToken)
    {
        var commands = entries.Select(entry => (RedisWord[])["EVAL", Remove.Value, 4, key, HashOf(entry), HashOf(entry) + Dependents, DependenciesOf(entry), entry.Value]);
        return [.. (await redis.AskAllAsync([.. commands], cancellationToken)).Select(reply => reply.Number > 0)];
    }

    public ForeignReading Read(ForeignEntry entry) => RqReader.Read(entry, order == RqOrder.Deferred);

    private static string HashOf(ForeignEntry entry) => "rq:job:" + Encoding.UTF8.GetString(entry.Value);

    // two colons: RQ's own slip
    private static string DependenciesOf(ForeignEntry entry) => $"rq:job::{Encoding.UTF8.GetString(entry.Value)}:dependencies";

    private static Dictionary<string, byte[]> FieldsOf(RedisReply hash, bool hasDependents)
    {
        var fields = new Dictionary<string, byte[]>();
        foreach (var pair in hash.List.Chunk(2))
            fields[pair[0].Text] = pair[1].Bytes ?? [];
        if (hasDependents)
            fields[Dependents] = [];
        return fields;
    }
}

/// <summary>How RQ keeps ids.</summary>
internal enum RqOrder
{
    /// <summary>A list; workers take from its head.</summary>
    List,

    /// <summary>A sorted set by the time at which jobs are to run.</summary>
    Due,

    /// <summary>A sorted set of jobs that wait for others.</summary>
    Deferred,
}
