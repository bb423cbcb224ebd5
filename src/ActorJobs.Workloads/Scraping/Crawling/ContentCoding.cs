using System.Buffers;
using System.IO.Compression;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>
/// Undoes <c>gzip</c> and <c>br</c> (RFC 9110, 8.4.1) within a limit. Done here and not by the HTTP handler, because that takes a body that ends too
/// early for a whole one, and half a page would be stored as the page.
/// </summary>
internal static class ContentCoding
{
    /// <summary>What the crawler asks for.</summary>
    public const string Accepted = "gzip, br";

    public static bool IsKnown(string coding) => coding is "identity" or "gzip" or "x-gzip" or "br";

    /// <summary>The first <paramref name="limit"/> decoded bytes, and whether that was all. Throws <see cref="InvalidDataException"/> for a damaged body.</summary>
    public static async Task<(byte[] Bytes, bool IsWhole)> DecodeAsync(byte[] wire, string? coding, int limit, CancellationToken cancellationToken) => coding switch
    {
        "gzip" or "x-gzip" => await GunzipAsync(wire, limit, cancellationToken),
        "br" => Unbrotli(wire, limit),
        _ => (wire, true),
    };

    /// <summary>As much of a gzip file as there is, at most <paramref name="limit"/> bytes: a list of addresses is of use up to where it is cut.</summary>
    public static async Task<byte[]> GunzipStartAsync(byte[] file, int limit, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        var content = new byte[16 * 1024];
        using var start = new MemoryStream();
        try
        {
            while (start.Length < limit && await gzip.ReadAsync(content, cancellationToken) is > 0 and var read)
                start.Write(content, 0, (int)Math.Min(read, limit - start.Length));
        }
        catch (InvalidDataException)
        {
            // damaged from here on
        }

        return start.ToArray();
    }

    private static async Task<(byte[] Bytes, bool IsWhole)> GunzipAsync(byte[] wire, int limit, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(new MemoryStream(wire), CompressionMode.Decompress);
        var (bytes, isWhole) = await BoundedRead.ReadAsync(gzip, limit, cancellationToken);
        if (isWhole && !GzipTrailer.Ends(wire, bytes))
            throw new InvalidDataException("the gzip body is cut off");
        return (bytes, isWhole);
    }

    private static (byte[] Bytes, bool IsWhole) Unbrotli(ReadOnlySpan<byte> wire, int limit)
    {
        using var decoder = new BrotliDecoder();
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var status = decoder.Decompress(wire, buffer, out var read, out var written);
            wire = wire[read..];
            var room = limit - (int)content.Length;
            content.Write(buffer, 0, Math.Min(written, room));
            if (written > room)
                return (content.ToArray(), false);
            switch (status)
            {
                case OperationStatus.Done:
                    return (content.ToArray(), true);
                case OperationStatus.NeedMoreData:
                    throw new InvalidDataException("the brotli body is cut off");
                case OperationStatus.InvalidData:
                    throw new InvalidDataException("the brotli body is damaged");
            }
        }
    }
}
