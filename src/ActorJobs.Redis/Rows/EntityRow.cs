using System.Buffers.Binary;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Redis;

/// <summary>
/// An entity as one value: a flag (1 when its older events have left it), version (6 bytes), schema (4), length of the state (4), state, events.
/// <c>commit.lua</c> puts it together; numbers are big-endian.
/// </summary>
internal static class EntityRow
{
    private const int VersionBytes = 6;
    private const int HeadBytes = VersionBytes + sizeof(int) + sizeof(int);

    /// <summary>The version as a row has it; nothing for an entity that is not there yet.</summary>
    public static byte[] Version(long version)
    {
        if (version == 0)
            return [];
        var bytes = new byte[VersionBytes];
        WriteVersion(bytes, version);
        return bytes;
    }

    /// <summary>All of a row but the flag before it and the events behind it.</summary>
    public static byte[] Head(long version, EncodedState state)
    {
        var bytes = new byte[HeadBytes + state.Data.Length];
        WriteHead(bytes, version, state);
        return bytes;
    }

    /// <summary>A new entity's row, with all its events.</summary>
    public static byte[] Whole(long version, EncodedState state, byte[] events)
    {
        var bytes = new byte[1 + HeadBytes + state.Data.Length + events.Length];
        WriteHead(bytes.AsSpan(1), version, state);
        events.CopyTo(bytes, bytes.Length - events.Length);
        return bytes;
    }

    /// <summary>Reads a row without its events.</summary>
    public static StoredEntity Decode(EntityKey key, byte[] row, EncodedEvent? lease)
    {
        var head = row.AsSpan(1);
        var version = ((long)BinaryPrimitives.ReadUInt16BigEndian(head) << 32) | BinaryPrimitives.ReadUInt32BigEndian(head[2..]);
        var state = new EncodedState(BinaryPrimitives.ReadInt32BigEndian(head[VersionBytes..]), row.AsMemory(1 + HeadBytes));
        return new(key, version, state, lease);
    }

    private static void WriteHead(Span<byte> to, long version, EncodedState state)
    {
        WriteVersion(to, version);
        BinaryPrimitives.WriteInt32BigEndian(to[VersionBytes..], state.Schema);
        BinaryPrimitives.WriteInt32BigEndian(to[(VersionBytes + sizeof(int))..], state.Data.Length);
        state.Data.Span.CopyTo(to[HeadBytes..]);
    }

    private static void WriteVersion(Span<byte> to, long version)
    {
        BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)(version >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(to[2..], (uint)version);
    }
}
