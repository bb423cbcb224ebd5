namespace ActorJobs.Workloads.Documents;

/// <summary>What became of a slice's documents.</summary>
/// <param name="Documents">How many are in the segment.</param>
/// <param name="Passages">In how many passages.</param>
/// <param name="Stale">Whether a file was no longer what the plan had listed: then the segment is not used again for a later plan.</param>
/// <param name="SetAside">The documents that could not be embedded.</param>
internal sealed record SegmentReport(int Documents, int Passages, bool Stale, IReadOnlyList<SetAsideDocument> SetAside);

/// <summary>A document that could not be embedded.</summary>
/// <param name="Id">The document's id, or the file's when the file could not be read on.</param>
/// <param name="Stage">Where it failed.</param>
/// <param name="Error">Why.</param>
public sealed record SetAsideDocument(string Id, string Stage, string Error);
