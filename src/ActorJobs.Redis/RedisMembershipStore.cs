using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorJobs.Actors.Cluster;
using StackExchange.Redis;
using ClusterNode = ActorJobs.Actors.Cluster.ClusterNode;

namespace ActorJobs.Redis;

/// <summary>Where the nodes that share a <see cref="RedisEntityStore"/> meet, over its connection. To be used when the store is open.</summary>
/// <param name="store">The shared store.</param>
public sealed class RedisMembershipStore(RedisEntityStore store) : IMembershipStore
{
    /// <inheritdoc/>
    public async ValueTask<ClusterView> ViewAsync(CancellationToken cancellationToken) =>
        ViewOf(await store.Membership.BeatAsync("", [], TimeSpan.Zero, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async ValueTask<ClusterView> BeatAsync(ClusterNode self, TimeSpan lease, CancellationToken cancellationToken)
    {
        var record = JsonSerializer.SerializeToUtf8Bytes(self, ClusterNodeContext.Default.ClusterNode);
        return ViewOf(await store.Membership.BeatAsync(self.Name, record, lease, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<int>> TakeAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken) =>
        await store.Membership.TakeAsync(node, shards, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken) =>
        await store.Membership.ReleaseAsync(node, shards, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask LeaveAsync(string node, CancellationToken cancellationToken) =>
        await store.Membership.LeaveAsync(node, cancellationToken).ConfigureAwait(false);

    private static ClusterView ViewOf((RedisValue[] Nodes, RedisValue[] Owners) answer) => new(
        answer.Nodes.Chunk(2)
            .Select(node => JsonSerializer.Deserialize((byte[])node[1]!, ClusterNodeContext.Default.ClusterNode)!)
            .ToDictionary(node => node.Name, StringComparer.Ordinal),
        answer.Owners.Chunk(2).ToDictionary(owner => int.Parse((string)owner[0]!, CultureInfo.InvariantCulture), owner => (string)owner[1]!));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ClusterNode))]
internal sealed partial class ClusterNodeContext : JsonSerializerContext;
