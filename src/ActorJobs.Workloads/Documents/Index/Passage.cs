namespace ActorJobs.Workloads.Documents;

/// <summary>A piece of a document, the unit that is embedded and found.</summary>
/// <param name="DocumentId">The document's id.</param>
/// <param name="Ordinal">Which piece, from 0.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Text">What the piece says.</param>
internal sealed record Passage(string DocumentId, int Ordinal, string Title, string Text)
{
    /// <summary>What is embedded and indexed: a piece without its title often does not say what it is about.</summary>
    public string Searchable => Title + "\n" + Text;
}
