using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace ActorJobs.Workloads.Documents;

/// <summary>Reads a file's documents and learns on the way whether the file is still what was listed.</summary>
internal sealed class SourceFileReader(SourceFile file)
{
    /// <summary>The longest text or HTML file that is read, in bytes. Files of many documents are streamed and may be longer.</summary>
    public const long MaxTextLength = 16 * 1024 * 1024;

    /// <summary>Whether the content is not what it was when the file was listed. Known when the reading has ended.</summary>
    public bool Changed { get; private set; }

    /// <summary>Reads documents until the end or to where the file cannot be read on.</summary>
    /// <param name="unreadable">Told what cannot be read, by the id of the file or of a line of it, and why.</param>
    public IEnumerable<SourceDocument> ReadWhatCan(Action<string, Exception> unreadable)
    {
        using var documents = Read(unreadable).GetEnumerator();
        while (true)
        {
            try
            {
                if (!documents.MoveNext())
                    yield break;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or XmlException)
            {
                unreadable(file.Id, exception);
                yield break;
            }

            yield return documents.Current;
        }
    }

    private IEnumerable<SourceDocument> Read(Action<string, Exception> unreadable)
    {
        using var hash = SHA256.Create();
        using var bytes = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        using var content = new CryptoStream(bytes, hash, CryptoStreamMode.Read);
        foreach (var document in Documents(content, bytes.Length, unreadable))
            yield return document;
        // the hash ends with the stream, and a reader may stop before it
        content.CopyTo(Stream.Null);
        Changed = Convert.ToHexStringLower(hash.Hash!) != file.Sha256;
    }

    private IEnumerable<SourceDocument> Documents(Stream content, long length, Action<string, Exception> unreadable) => file.Format switch
    {
        SourceFormat.XmlReference => XmlReferenceReader.Read(content, file.Id),
        SourceFormat.Ndjson => NdjsonReader.Read(content, file.Id, unreadable),
        SourceFormat.Html => HtmlText.Read(ReadText(content, length), file.Id),
        SourceFormat.Upload => ReadUpload(ReadText(content, length)),
        _ => ReadPlain(ReadText(content, length)),
    };

    private static string ReadText(Stream content, long length)
    {
        if (length > MaxTextLength)
            throw new InvalidDataException($"The file has {length} bytes; at most {MaxTextLength} are read.");
        using var reader = new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var text = reader.ReadToEnd();
        return !text.Contains('\0') ? text : throw new InvalidDataException("The file is no text: it holds NUL characters.");
    }

    private static SourceDocument[] ReadUpload(string text)
    {
        try
        {
            return [JsonSerializer.Deserialize<SourceDocument>(text, JobJson.Options)!];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The upload is damaged: {exception.Message}", exception);
        }
    }

    private SourceDocument[] ReadPlain(string text) => [new SourceDocument(file.Id, TitleOf(text), text)];

    // the first Markdown heading, else the file's name
    private string TitleOf(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed.IsEmpty)
                continue;
            return trimmed.StartsWith("# ") && trimmed.Length <= 200 ? trimmed[2..].Trim().ToString() : Path.GetFileNameWithoutExtension(file.Id);
        }

        return Path.GetFileNameWithoutExtension(file.Id);
    }
}
