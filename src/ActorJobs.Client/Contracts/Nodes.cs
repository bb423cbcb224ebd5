namespace ActorJobs.Client;

/// <summary>The nodes of the cluster.</summary>
public sealed record NodeList(IReadOnlyList<Node> Items);

/// <summary>A node of the cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where other nodes reach it.</param>
/// <param name="Roles">What it does: front, host, work.</param>
/// <param name="State">Its membership state.</param>
/// <param name="Shards">How many shards it owns.</param>
/// <param name="Since">When it joined.</param>
/// <param name="Load">Busy slots over all slots, 0 to 1.</param>
public sealed record Node(string Name, string? Url, IReadOnlyList<string> Roles, string State, int Shards, DateTimeOffset Since, double Load);
