using System.Text.Json.Serialization;

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
/// <param name="Version">Its build.</param>
/// <param name="Pools">Its pools.</param>
public sealed record Node(
    string Name,
    string? Url,
    IReadOnlyList<string> Roles,
    string State,
    int Shards,
    DateTimeOffset Since,
    double Load,
    string? Version = null,
    IReadOnlyList<NodePool>? Pools = null);

/// <summary>A pool of a node.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its slots.</param>
/// <param name="Busy">Those at work.</param>
public sealed record NodePool(string Name, int Size, int Busy);

/// <summary>What a node was told, or what was declared of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">What it becomes: <c>Leaving</c>, <c>Draining</c> or <c>Down</c>. The list of nodes shows how far it is.</param>
public sealed record NodeReceipt(string Name, string State);

/// <summary>Declares a node dead.</summary>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="Force">Also when it still answers: what it runs then runs twice.</param>
public sealed record DeclareDown(string? Reason = null, bool Force = false);

/// <summary>The shards of the store.</summary>
/// <param name="Items">By number.</param>
public sealed record ShardList(IReadOnlyList<Shard> Items);

/// <summary>A shard with its owner.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Owner">The owner's name; null while it has none.</param>
/// <param name="Epoch">Which ownership it is; 0 when not known yet.</param>
public sealed record Shard([property: JsonPropertyName("shard")] int Number, string? Owner, long Epoch);
