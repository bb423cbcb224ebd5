using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>
/// Finds the encoding of a page in the order of the HTML standard (13.2.3.2): byte order mark, <c>Content-Type</c>, <c>meta</c> within the first
/// 1 024 bytes; then UTF-8 when the bytes are that, else windows-1252.
/// </summary>
internal static partial class PageCharset
{
    private const int PrescanBytes = 1_024;

    public static string Decode(byte[] bytes, string? headerCharset)
    {
        var (encoding, skip) = Detect(bytes, headerCharset);
        return encoding.GetString(bytes.AsSpan(skip));
    }

    private static (Encoding Encoding, int Skip) Detect(ReadOnlySpan<byte> bytes, string? headerCharset)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            return (Encoding.UTF8, 3);
        if (bytes.StartsWith(Encoding.Unicode.Preamble))
            return (Encoding.Unicode, 2);
        if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return (Encoding.BigEndianUnicode, 2);
        var named = Find(headerCharset) ?? FromMeta(bytes);
        return (named ?? (IsUtf8(bytes) ? Encoding.UTF8 : Windows1252), 0);
    }

    private static Encoding? FromMeta(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, PrescanBytes)]);
        var match = MetaCharset().Match(head);
        var found = match.Success ? Find(match.Groups[1].Value) : null;
        // a declaration that could be read byte by byte cannot be in UTF-16: the standard takes UTF-8
        return found is UnicodeEncoding ? Encoding.UTF8 : found;
    }

    private static Encoding? Find(string? name)
    {
        name = name?.Trim(' ', '"', '\'').ToLowerInvariant();
        try
        {
            return name switch
            {
                null or "" => null,
                // the standard reads these labels as windows-1252, as the web means them
                "iso-8859-1" or "latin1" or "ascii" or "us-ascii" => Windows1252,
                "utf8" => Encoding.UTF8,
                // UTF-7 hides markup from every check
                "utf-7" => null,
                _ => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name),
            };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        Span<char> scratch = stackalloc char[512];
        while (!bytes.IsEmpty)
        {
            var status = System.Text.Unicode.Utf8.ToUtf16(bytes, scratch, out var read, out _, replaceInvalidSequences: false);
            if (status is OperationStatus.InvalidData or OperationStatus.NeedMoreData)
                return false;
            bytes = bytes[read..];
        }

        return true;
    }

    private static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    [GeneratedRegex("""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MetaCharset();
}
