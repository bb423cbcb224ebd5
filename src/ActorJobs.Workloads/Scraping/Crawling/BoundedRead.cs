using System.Buffers;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>Reads a stream of unknown length into memory without trusting it.</summary>
internal static class BoundedRead
{
    /// <summary>The first <paramref name="limit"/> bytes, and whether that was all.</summary>
    public static async Task<(byte[] Bytes, bool IsWhole)> ReadAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                    return (content.ToArray(), true);
                var room = limit - (int)content.Length;
                content.Write(buffer, 0, Math.Min(read, room));
                if (read > room)
                    return (content.ToArray(), false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
