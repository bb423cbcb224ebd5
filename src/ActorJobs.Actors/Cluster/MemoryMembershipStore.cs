namespace ActorJobs.Actors.Cluster;

/// <summary>A meeting place for nodes of one process: for tests and simulation.</summary>
/// <param name="time">The clock leases run by.</param>
public sealed class MemoryMembershipStore(TimeProvider time) : IMembershipStore
{
    private readonly Dictionary<string, (ClusterNode Node, DateTimeOffset Until)> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> owners = [];
    private readonly Lock gate = new();

    /// <inheritdoc/>
    public ValueTask<ClusterView> ViewAsync(CancellationToken cancellationToken)
    {
        lock (gate)
            return new(View());
    }

    /// <inheritdoc/>
    public ValueTask<ClusterView> BeatAsync(ClusterNode self, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var until = time.GetUtcNow() + lease;
            if (nodes.ContainsKey(self.Name) && nodes.Values.Max(node => node.Until) < until - (lease / 2))
                Renew(until);
            nodes[self.Name] = (self, until);
            return new(View());
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<int>> TakeAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            int[] taken = Lives(node) ? [.. shards.Where(shard => !owners.TryGetValue(shard, out var owner) || owner == node || !Lives(owner))] : [];
            foreach (var shard in taken)
                owners[shard] = node;
            return new(taken);
        }
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(string node, IReadOnlyList<int> shards, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var shard in shards.Where(shard => owners.GetValueOrDefault(shard) == node))
                owners.Remove(shard);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask LeaveAsync(string node, CancellationToken cancellationToken)
    {
        lock (gate)
            nodes.Remove(node);
        return default;
    }

    // nobody was heard of for so long: it is not they who were away
    private void Renew(DateTimeOffset until)
    {
        foreach (var (name, node) in nodes.ToArray())
            nodes[name] = (node.Node, until);
    }

    private ClusterView View()
    {
        foreach (var name in nodes.Keys.Where(name => !Lives(name)).ToArray())
            nodes.Remove(name);
        return new(nodes.ToDictionary(node => node.Key, node => node.Value.Node, StringComparer.Ordinal), new Dictionary<int, string>(owners));
    }

    private bool Lives(string name) => nodes.TryGetValue(name, out var node) && node.Until > time.GetUtcNow();
}
