using System.Globalization;

namespace ActorJobs.Workloads.Documents;

/// <summary>Streams the documents of a file with a JSON object per line. A line that is none is told and the others are read.</summary>
internal static class NdjsonReader
{
    /// <summary>The longest line, in bytes: one document has to fit into memory many times over.</summary>
    public const int MaxLine = 4 * 1024 * 1024;

    /// <param name="content">The file.</param>
    /// <param name="fileId">The first part of the documents' ids.</param>
    /// <param name="unreadable">Told a line that is no document, and why.</param>
    public static IEnumerable<SourceDocument> Read(Stream content, string fileId, Action<string, Exception> unreadable)
    {
        var lines = new LineReader(content, MaxLine);
        while (lines.Read())
        {
            var place = lines.Number.ToString(CultureInfo.InvariantCulture);
            if (lines.IsTooLong)
            {
                unreadable($"{fileId}:{place}", new InvalidDataException($"The line has more than {MaxLine} bytes."));
                continue;
            }

            if (lines.Current.Span.Trim(" \t\r\uFEFF"u8).IsEmpty)
                continue;
            var (fields, problem) = DocumentFields.Read(lines.Current);
            if (fields is null)
                unreadable($"{fileId}:{place}", new InvalidDataException(problem));
            else
                yield return new SourceDocument($"{fileId}#{fields.Id ?? place}", fields.Title ?? fields.Id ?? $"{fileId}:{place}", fields.Text);
        }
    }
}
