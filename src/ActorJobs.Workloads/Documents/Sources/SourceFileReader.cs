using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace ActorJobs.Workloads.Documents;

/// <summary>Reads a file's documents and learns on the way whether the file is still what was listed.</summary>
internal sealed class SourceFileReader(SourceFile file)
{
    /// <summary>The longest text file that is read, in bytes.</summary>
    public const long MaxTextLength = 16 * 1024 * 1024;

    /// <summary>Whether the content is not what it was when the file was listed. Known when the reading has ended.</summary>
    public bool Changed { get; private set; }

    /// <summary>Reads documents until the end or to where the file cannot be read on; then says why.</summary>
    public IEnumerable<SourceDocument> ReadWhatCan(Action<Exception> unreadable)
    {
        using var documents = Read().GetEnumerator();
        while (true)
        {
            try
            {
                if (!documents.MoveNext())
                    yield break;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or XmlException)
            {
                unreadable(exception);
                yield break;
            }

            yield return documents.Current;
        }
    }

    private IEnumerable<SourceDocument> Read()
    {
        using var hash = SHA256.Create();
        using var bytes = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        using var content = new CryptoStream(bytes, hash, CryptoStreamMode.Read);
        foreach (var document in file.Format == SourceFormat.XmlReference ? XmlReferenceReader.Read(content, file.Id) : [ReadText(content, bytes.Length)])
            yield return document;
        // the hash ends with the stream, and a reader may stop before it
        content.CopyTo(Stream.Null);
        Changed = Convert.ToHexStringLower(hash.Hash!) != file.Sha256;
    }

    private SourceDocument ReadText(Stream content, long length)
    {
        if (length > MaxTextLength)
            throw new InvalidDataException($"The file has {length} bytes; at most {MaxTextLength} are read.");
        using var reader = new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var text = reader.ReadToEnd();
        if (text.Contains('\0'))
            throw new InvalidDataException("The file is no text: it holds NUL characters.");
        return new SourceDocument(file.Id, TitleOf(text), text);
    }

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
