using System.Xml;

namespace ActorJobs.Workloads.Documents;

/// <summary>Streams the members of a .NET XML documentation file; only one member is in memory at a time.</summary>
internal static class XmlReferenceReader
{
    private static readonly XmlReaderSettings Settings = new()
    {
        // documentation is data: no entities, no external files
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The documented members; a member that says nothing (only <c>inheritdoc</c>) is no document.</summary>
    /// <param name="content">The file.</param>
    /// <param name="fileId">The first part of the documents' ids.</param>
    /// <exception cref="XmlException">The file is not well-formed from here on.</exception>
    public static IEnumerable<SourceDocument> Read(Stream content, string fileId)
    {
        using var reader = XmlReader.Create(content, Settings);
        var text = new XmlMemberText();
        while (reader.ReadToFollowing("member"))
        {
            if (reader.GetAttribute("name") is not { Length: > 0 } name || reader.IsEmptyElement)
                continue;
            using var member = reader.ReadSubtree();
            if (text.Read(member) is { Length: > 0 } said)
                yield return new SourceDocument($"{fileId}#{name}", MemberName.Display(name), said);
        }
    }
}
