using System.Buffers.Binary;
using System.Text;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Redis;

/// <summary>An event or a lease as bytes: length of the type (2 bytes), time (8, Unix microseconds), type, data. Numbers are big-endian.</summary>
internal static class EventBytes
{
    private const int FixedBytes = sizeof(ushort) + sizeof(long);
    private const int LengthBytes = sizeof(int);

    /// <summary>All events, each with its length before it.</summary>
    public static byte[] EncodeAll(IReadOnlyList<EncodedEvent> events)
    {
        var size = 0;
        for (var i = 0; i < events.Count; i++)
            size += LengthBytes + SizeOf(events[i]);
        var bytes = new byte[size];
        var rest = bytes.AsSpan();
        for (var i = 0; i < events.Count; i++)
        {
            var length = SizeOf(events[i]);
            BinaryPrimitives.WriteInt32BigEndian(rest, length);
            Write(rest[LengthBytes..], events[i]);
            rest = rest[(LengthBytes + length)..];
        }

        return bytes;
    }

    public static byte[] Encode(EncodedEvent single)
    {
        var bytes = new byte[SizeOf(single)];
        Write(bytes, single);
        return bytes;
    }

    public static EncodedEvent Decode(byte[] bytes)
    {
        int type = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var at = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(sizeof(ushort)));
        return new(Encoding.UTF8.GetString(bytes, FixedBytes, type), DateTimeOffset.UnixEpoch.AddTicks(at * TimeSpan.TicksPerMicrosecond), bytes.AsMemory(FixedBytes + type));
    }

    private static int SizeOf(EncodedEvent single) => FixedBytes + Encoding.UTF8.GetByteCount(single.Type) + single.Data.Length;

    private static void Write(Span<byte> to, EncodedEvent single)
    {
        var type = Encoding.UTF8.GetBytes(single.Type, to[FixedBytes..]);
        BinaryPrimitives.WriteUInt16BigEndian(to, checked((ushort)type));
        BinaryPrimitives.WriteInt64BigEndian(to[sizeof(ushort)..], (single.At.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);
        single.Data.Span.CopyTo(to[(FixedBytes + type)..]);
    }
}
