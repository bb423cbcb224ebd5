namespace ActorJobs.Workloads.Documents;

/// <summary>A document as a source gives it.</summary>
/// <param name="Id">Unique in its source and the same in every reading, for instance <c>System.Collections.xml#T:System.Collections.BitArray</c>.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Text">What it says, as plain text.</param>
internal sealed record SourceDocument(string Id, string Title, string Text);
