using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace ActorJobs.Actors.Entities;

/// <summary>Places ids on shards: CRC-32C of the id's UTF-8 bytes, modulo the number of shards.</summary>
public static class ShardHash
{
    /// <summary>The shard of an id.</summary>
    public static int Of(string id, int shards)
    {
        var size = Encoding.UTF8.GetMaxByteCount(id.Length);
        var utf8 = size <= 1024 ? stackalloc byte[size] : new byte[size];
        return (int)(Crc32C(utf8[..Encoding.UTF8.GetBytes(id, utf8)]) % (uint)shards);
    }

    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var single in bytes)
            crc = BitOperations.Crc32C(crc, single);
        return ~crc;
    }
}
