using System.Buffers.Binary;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>The end of a gzip member: the CRC-32 and the length of what it holds (RFC 1952, 2.3.1).</summary>
internal static class GzipTrailer
{
    private const int Length = 8;
    private const int SmallestMember = 18;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(entry => Enumerable.Range(0, 8).Aggregate((uint)entry, (crc, _) => (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320))];

    /// <summary>
    /// Whether a body ends where its last member does. A body may have several members (RFC 1952, 2.2), and where one begins cannot be seen from outside; but the last one's content is
    /// the end of the whole content, so its length and checksum must fit that.
    /// </summary>
    /// <param name="wire">The body as it came.</param>
    /// <param name="content">All that was decompressed from it.</param>
    public static bool Ends(ReadOnlySpan<byte> wire, ReadOnlySpan<byte> content)
    {
        if (wire.Length < SmallestMember)
            return false;
        var trailer = wire[^Length..];
        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if (length == 0 && content.Length > 0)
            return IsEmptyMember(wire);
        return length <= (uint)content.Length && BinaryPrimitives.ReadUInt32LittleEndian(trailer) == Crc32(content[^(int)length..]);
    }

    // eight zeros may also stand in the middle of a body that is cut off; an empty member is one empty block before them (RFC 1951, 3.2.6)
    private static bool IsEmptyMember(ReadOnlySpan<byte> wire) => wire[^(Length + 2)..].SequenceEqual<byte>([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

    private static uint Crc32(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        foreach (var octet in content)
            crc = Table[(byte)(crc ^ octet)] ^ (crc >> 8);
        return ~crc;
    }
}
