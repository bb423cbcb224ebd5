using System.IO.Compression;

namespace ActorJobs.Cli;

/// <summary>What Python's <c>zlib.compress</c> wrote. A few kilobytes can stand for gigabytes: what comes out is bounded.</summary>
internal static class ZlibText
{
    private const int MaxBytes = 8 << 20;

    /// <summary>The bytes; throws <see cref="NotCarriedException"/> when they are damaged or too many.</summary>
    public static byte[] Inflate(byte[] compressed)
    {
        using var stream = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        var result = new MemoryStream();
        var buffer = new byte[16 << 10];
        try
        {
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                result.Write(buffer, 0, count);
                if (result.Length > MaxBytes)
                    throw new NotCarriedException($"its data is larger than {MaxBytes >> 20} MiB");
            }
        }
        catch (InvalidDataException)
        {
            throw new NotCarriedException("its compressed data is damaged");
        }

        return result.ToArray();
    }
}
