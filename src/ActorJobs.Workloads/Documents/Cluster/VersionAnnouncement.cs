namespace ActorJobs.Workloads.Documents;

/// <summary>What a node tells others about the version of an index that it serves.</summary>
/// <param name="Definition">What the index is made from.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Hash">Of its content.</param>
/// <param name="SwappedAt">When it was put in service, on the clock of the node that did so: of two, the later is served.</param>
internal sealed record VersionAnnouncement(IndexDefinition Definition, int Version, string Hash, DateTimeOffset SwappedAt);

/// <summary>Asks for a file of a version.</summary>
internal sealed record VersionFileRequest(string Index, int Version, string File);

/// <summary>What became of a version on a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Serves">Whether it serves the version now.</param>
/// <param name="Fetched">Whether it had to fetch it; false when it had it, or sees the same folder.</param>
/// <param name="Error">Why it does not serve it.</param>
internal sealed record NodeSwap(string Node, bool Serves, bool Fetched, string? Error);
