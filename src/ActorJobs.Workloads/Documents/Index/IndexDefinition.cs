namespace ActorJobs.Workloads.Documents;

/// <summary>What an index is made from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">The name of its source.</param>
/// <param name="Embedder">The name of its embedder.</param>
/// <param name="ChangedAt">When it was last defined.</param>
internal sealed record IndexDefinition(string Name, string Source, string Embedder, DateTimeOffset ChangedAt);
