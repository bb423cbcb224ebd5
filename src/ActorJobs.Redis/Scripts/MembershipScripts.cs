using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>One method for each script about nodes; the keys and arguments are in the order of its header.</summary>
internal sealed class MembershipScripts(RedisScriptRunner runner, RedisKeys keys)
{
    private static readonly RedisScript BeatScript = RedisScript.Load("beat");
    private static readonly RedisScript TakeScript = RedisScript.Load("take");
    private static readonly RedisScript ReleaseScript = RedisScript.Load("release");
    private static readonly RedisScript LeaveScript = RedisScript.Load("leave");

    /// <summary>Returns the living nodes and the owners. Without a name it only looks.</summary>
    public async Task<(RedisValue[] Nodes, RedisValue[] Owners)> BeatAsync(string node, byte[] record, TimeSpan lease, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [node, record, (long)lease.TotalMilliseconds];
        var answer = (RedisResult[])await runner.RunAsync(BeatScript, [keys.Nodes, keys.Owners], arguments, cancellationToken).ConfigureAwait(false);
        return ((RedisValue[])answer[0], (RedisValue[])answer[1]);
    }

    /// <summary>Returns the shards that the node owns now.</summary>
    public async Task<int[]> TakeAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken) =>
        (int[])await runner.RunAsync(TakeScript, [keys.Nodes, keys.Owners], [node, .. shards.Select(shard => (RedisValue)shard)], cancellationToken).ConfigureAwait(false);

    public Task ReleaseAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken) =>
        runner.RunAsync(ReleaseScript, [keys.Owners], [node, .. shards.Select(shard => (RedisValue)shard)], cancellationToken);

    public Task LeaveAsync(string node, CancellationToken cancellationToken) =>
        runner.RunAsync(LeaveScript, [keys.Nodes], [node], cancellationToken);
}
