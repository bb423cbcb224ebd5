using System.Text;

namespace ActorJobs.Workloads.Documents;

/// <summary>Which passages a search may find: those of documents whose id begins with a text, such as a folder or a file of many documents.</summary>
internal sealed class PassageFilter(PassageFile passages, string under)
{
    private readonly byte[] prefix = Encoding.UTF8.GetBytes(under);

    /// <summary>The filter, or null when all may be found.</summary>
    public static PassageFilter? Of(PassageFile passages, string? under) => string.IsNullOrEmpty(under) ? null : new PassageFilter(passages, under);

    public bool Allows(int passage) => passages.DocumentId(passage).StartsWith(prefix);
}
