using ActorJobs.Actors.Entities;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>One method for each script; the keys and arguments are in the order of its header.</summary>
internal sealed class RedisScripts(RedisScriptRunner runner)
{
    /// <summary>Above this the events of a row move to the history: copying them costs each commit more than the fields save.</summary>
    public const int MaxRowEvents = 2048;

    private static readonly RedisScript CommitScript = RedisScript.Load("commit");
    private static readonly RedisScript AcquireScript = RedisScript.Load("acquire");
    private static readonly RedisScript OpenScript = RedisScript.Load("open");
    private static readonly RedisScript ReadScript = RedisScript.Load("read");
    private static readonly RedisScript HistoryScript = RedisScript.Load("history");
    private static readonly RedisScript CountScript = RedisScript.Load("count");

    /// <summary>Writes the sections; returns member, status and holder of each member that was refused.</summary>
    public async Task<RedisResult[]> CommitAsync(IReadOnlyList<CommitSection> sections, RedisKeys keys, CancellationToken cancellationToken)
    {
        List<RedisKey> names = [];
        List<RedisValue> arguments = [MaxRowEvents];
        foreach (var section in sections)
            section.WriteTo(names, arguments, keys[section.Shard]);
        return (RedisResult[])await runner.RunAsync(CommitScript, [.. names], [.. arguments], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the new epoch.</summary>
    public async Task<long> AcquireAsync(ShardKeys shard, string node, CancellationToken cancellationToken) =>
        (long)await runner.RunAsync(AcquireScript, [shard.Entities], [node], cancellationToken).ConfigureAwait(false);

    /// <summary>Returns the new epoch, or null when the shard is at another one than it must be.</summary>
    public async Task<long?> FenceAsync(ShardKeys shard, long epoch, string name, CancellationToken cancellationToken) =>
        (long?)await runner.RunAsync(AcquireScript, [shard.Entities], [name, epoch], cancellationToken).ConfigureAwait(false);

    /// <summary>Returns the shards and the layout that the store has.</summary>
    public async Task<(int Shards, int Layout)> OpenAsync(RedisKey meta, int shards, int layout, CancellationToken cancellationToken)
    {
        var stored = (int[])await runner.RunAsync(OpenScript, [meta], [shards, layout], cancellationToken).ConfigureAwait(false);
        return (stored[0], stored[1]);
    }

    /// <summary>Returns row and lease of each name, shard by shard.</summary>
    public async Task<byte[]?[]> ReadAsync(IReadOnlyList<(ShardKeys Shard, IReadOnlyList<byte[]> Names)> shards, CancellationToken cancellationToken)
    {
        var arguments = new List<RedisValue>();
        foreach (var (_, names) in shards)
        {
            arguments.Add(names.Count);
            foreach (var name in names)
                arguments.Add(name);
        }

        RedisKey[] keys = [.. shards.SelectMany(shard => (RedisKey[])[shard.Shard.Entities, shard.Shard.Leases])];
        return (byte[]?[])await runner.RunAsync(ReadScript, keys, [.. arguments], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns a page of an entity's events.</summary>
    public async Task<byte[][]> HistoryAsync(ShardKeys shard, EntityKey key, long after, int limit, CancellationToken cancellationToken) =>
        (byte[][])await runner.RunAsync(HistoryScript, [shard.Entities, shard.History], [EntityName.Encode(key), after, limit], cancellationToken).ConfigureAwait(false);

    /// <summary>Returns name, count of each index whose name begins so.</summary>
    public async Task<RedisResult[]> CountAsync(RedisKey[] counts, string prefix, CancellationToken cancellationToken) =>
        (RedisResult[])await runner.RunAsync(CountScript, counts, [prefix], cancellationToken).ConfigureAwait(false);
}
