namespace ActorJobs.AspNetCore;

/// <summary>Knows the nodes of the cluster. Without a cluster a directory with this node alone is registered.</summary>
public interface INodeDirectory
{
    /// <summary>The nodes, by name.</summary>
    ValueTask<IReadOnlyList<NodeView>> ListAsync(CancellationToken cancellationToken = default);
}

/// <summary>A node at one instant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where other nodes reach it, if they do.</param>
/// <param name="Roles">What it does: front, host, work.</param>
/// <param name="State">Its membership state, for instance <c>Up</c>.</param>
/// <param name="Shards">How many shards it owns.</param>
/// <param name="Since">When it joined.</param>
/// <param name="Load">Busy slots over all slots, 0 to 1.</param>
public sealed record NodeView(string Name, string? Url, IReadOnlyList<string> Roles, string State, int Shards, DateTimeOffset Since, double Load);
