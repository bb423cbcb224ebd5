namespace ActorJobs.Actors.Cluster;

/// <summary>A node as the others know it.</summary>
/// <param name="Name">Its name, another one for each start of its process.</param>
/// <param name="Url">Where other nodes reach it.</param>
/// <param name="Roles">What it does; only nodes with <see cref="Host"/> own shards.</param>
/// <param name="Since">When it started.</param>
public sealed record ClusterNode(string Name, string Url, IReadOnlyList<string> Roles, DateTimeOffset Since)
{
    /// <summary>The role of owning shards.</summary>
    public const string Host = "host";

    /// <summary>Whether it is going: it hands its shards over and gets none.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>The shards it runs, with their epochs.</summary>
    public IReadOnlyDictionary<int, long> Epochs
    {
        get;
        init => field = value ?? NoEpochs; // null from the JSON of a build that says nothing of them
    } = NoEpochs;

    /// <summary>What the layer above has to say of the node, as JSON.</summary>
    public string? Details { get; init; }

    private static readonly IReadOnlyDictionary<int, long> NoEpochs = new Dictionary<int, long>();

    internal bool CanOwn => !IsLeaving && Roles.Contains(Host);
}

/// <summary>The cluster at one instant, by the shared store: the living nodes, and the owner of each shard that has one.</summary>
/// <param name="Nodes">The nodes whose lease has not run out, by name.</param>
/// <param name="Owners">The owner's name by shard; it may be a node that lives no more.</param>
public sealed record ClusterView(IReadOnlyDictionary<string, ClusterNode> Nodes, IReadOnlyDictionary<int, string> Owners)
{
    /// <summary>Nobody is there yet.</summary>
    public static ClusterView Empty { get; } = new(new Dictionary<string, ClusterNode>(), new Dictionary<int, string>());

    /// <summary>The living owner of a shard, or null.</summary>
    public ClusterNode? OwnerOf(int shard) => Owners.TryGetValue(shard, out var name) ? Nodes.GetValueOrDefault(name) : null;
}
