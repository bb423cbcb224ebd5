using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorJobs.Redis;

/// <summary>The shared store: a script call per group of commits, and per Redis Cluster slot of a group.</summary>
/// <param name="options">Where Redis is and how it is talked to.</param>
/// <param name="time">For deadlines. Default: the system's.</param>
/// <param name="logger">For what the checks at start-up find, and for connections. Default: none.</param>
public sealed class RedisEntityStore(RedisStoreOptions options, TimeProvider? time = null, ILogger<RedisEntityStore>? logger = null) : IEntityStore
{
    private const int Layout = 1;

    private readonly RedisConnection connection = new(options, time ?? TimeProvider.System, (ILogger?)logger ?? NullLogger.Instance);

    // Waiting for replicas holds up a connection, and beats and reads must not wait with it. It counts what the same connection has written.
    private readonly RedisConnection? replicated = options.Replicas > 0 ? new(options, time ?? TimeProvider.System, (ILogger?)logger ?? NullLogger.Instance) : null;
    private RedisDurability durability = RedisDurability.Unknown;
    private RedisScripts? scripts;
    private RedisScripts? commits;
    private RedisReader? reader;
    private MembershipScripts? membership;
    private RedisKeys? keys;

    /// <inheritdoc/>
    /// <remarks>What the last group of commits has reached: with replicas to be waited for, a lower level when too few have answered in time.</remarks>
    public string Durability => durability.Reached;

    /// <inheritdoc/>
    /// <remarks>512 KiB: a script copies it several times, and a server that copies serves nobody else.</remarks>
    public int MaxPayloadBytes => 512 << 10;

    /// <inheritdoc/>
    public long Generation => connection.Generation;

    /// <inheritdoc/>
    public async ValueTask OpenAsync(int shards, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (replicated is not null)
                await replicated.OpenAsync(cancellationToken).ConfigureAwait(false);
            var check = new RedisServerCheck(connection, options, time ?? TimeProvider.System, (ILogger?)logger ?? NullLogger.Instance);
            var level = await check.RunAsync(cancellationToken).ConfigureAwait(false);
            durability = replicated is null ? new RedisDurability(level) : new ReplicatedDurability(options, level, replicated, time ?? TimeProvider.System);
            await PrepareAsync(shards, cancellationToken).ConfigureAwait(false);
        }
        catch (RedisUnavailableException exception)
        {
            throw new StoreUnusableException($"{exception.Message} Start it, or set ActorJobs:Redis:Connection.", exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> AcquireShardAsync(int shard, string node, CancellationToken cancellationToken) =>
        await Scripts.AcquireAsync(Keys[shard], node, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<long?> FenceShardAsync(int shard, long epoch, string name, CancellationToken cancellationToken) =>
        await Scripts.FenceAsync(Keys[shard], epoch, name, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<EntityWrite> group, CancellationToken cancellationToken)
    {
        if (group.Count == 0)
            return [];
        var commit = new CommitGroup(group);
        durability.BeginGroup();
        await Task.WhenAll(commit.Calls(byShard: IsCluster).Select(async call =>
            commit.Note(call, await Commits.CommitAsync(call, Keys, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        await durability.ConfirmAsync(cancellationToken).ConfigureAwait(false);
        return commit.Results;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntity?>> ReadAsync(IReadOnlyList<EntityKey> keys, CancellationToken cancellationToken) =>
        Reader.ReadAsync(keys, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEvent>> ReadHistoryAsync(EntityKey key, long after, int limit, CancellationToken cancellationToken) =>
        Reader.ReadHistoryAsync(key, after, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntry>> ReadIndexAsync(IndexQuery query, CancellationToken cancellationToken) =>
        Reader.ReadIndexAsync(query, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EntityKey>> ReadLeasedAsync(int shard, CancellationToken cancellationToken) =>
        Reader.ReadLeasedAsync(shard, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string indexPrefix, CancellationToken cancellationToken) =>
        Reader.CountAsync(indexPrefix, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync().ConfigureAwait(false);
        if (durability is IAsyncDisposable confirming)
            await confirming.DisposeAsync().ConfigureAwait(false);
        if (replicated is not null)
            await replicated.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The scripts about nodes, over this store's connection.</summary>
    internal MembershipScripts Membership => membership ?? throw new InvalidOperationException("The store is not open.");

    private bool IsCluster => connection.Topology == RedisTopology.Cluster;

    private RedisScripts Scripts => scripts ?? throw new InvalidOperationException("The store is not open.");

    private RedisScripts Commits => commits ?? throw new InvalidOperationException("The store is not open.");

    private RedisReader Reader => reader ?? throw new InvalidOperationException("The store is not open.");

    private RedisKeys Keys => keys ?? throw new InvalidOperationException("The store is not open.");

    private async Task PrepareAsync(int shards, CancellationToken cancellationToken)
    {
        var runner = new RedisScriptRunner(connection);
        var ready = new RedisScripts(runner);
        var stored = await ready.OpenAsync(RedisKeys.MetaOf(options.Prefix), shards, Layout, cancellationToken).ConfigureAwait(false);
        if (stored.Layout != Layout)
            throw new StoreUnusableException($"The store '{options.Prefix}' has layout {stored.Layout}, this build knows {Layout}: use a build that knows it, or another ActorJobs:Redis:Prefix.");
        if (stored.Shards != shards)
            throw new StoreUnusableException($"The store '{options.Prefix}' was created with {stored.Shards} shards, the configuration says {shards}: set ActorJobs:Shards to {stored.Shards}.");
        keys = new RedisKeys(options.Prefix, shards);
        reader = new RedisReader(connection, ready, keys, shards);
        membership = new MembershipScripts(runner, keys);
        commits = replicated is null ? ready : new RedisScripts(new RedisScriptRunner(replicated));
        scripts = ready;
    }
}
