namespace ActorJobs.Workloads.Documents;

/// <summary>A file of a source.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Id">Its name within the source, with forward slashes; the first part of its documents' ids.</param>
/// <param name="Format">How to read it.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Of its content, in hexadecimal, when it was listed.</param>
internal sealed record SourceFile(string Path, string Id, SourceFormat Format, long Length, string Sha256);

/// <summary>How a file becomes documents.</summary>
internal enum SourceFormat
{
    /// <summary>.NET XML documentation: a document per member.</summary>
    XmlReference,

    /// <summary>Plain text or Markdown: the file is the document.</summary>
    Text,

    /// <summary>HTML: the file is the document.</summary>
    Html,

    /// <summary>A JSON object per line, each a document.</summary>
    Ndjson,

    /// <summary>A document that was sent over HTTP: one JSON object, whose id is the document's.</summary>
    Upload,
}
