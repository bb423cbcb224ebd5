using System.Buffers.Binary;
using System.Text;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Redis;

/// <summary>
/// An entry's member in its index: the sort as eight bytes that sort as numbers do, the entity's name and, when there is a value, a zero byte and the value.
/// All scores are zero, so that Redis orders members by their bytes: by sort, then kind, then id, exactly.
/// </summary>
internal static class IndexPlace
{
    private const int SortBytes = sizeof(ulong);

    public static byte[] Encode(long sort, ReadOnlySpan<byte> name, string? value)
    {
        var member = new byte[SortBytes + name.Length + (value is null ? 0 : 1 + Encoding.UTF8.GetByteCount(value))];
        WriteSort(member, sort);
        name.CopyTo(member.AsSpan(SortBytes));
        if (value is not null)
            Encoding.UTF8.GetBytes(value, member.AsSpan(SortBytes + name.Length + 1));
        return member;
    }

    public static StoredEntry Decode(ReadOnlySpan<byte> member)
    {
        var sort = (long)(BinaryPrimitives.ReadUInt64BigEndian(member) ^ (1UL << 63));
        var rest = member[SortBytes..];
        var kind = EntityName.EndOfText(rest);
        var id = kind + 1 + EntityName.EndOfText(rest[(kind + 1)..]);
        var value = id == rest.Length ? null : Encoding.UTF8.GetString(rest[(id + 1)..]);
        return new(new EntityKey(EntityName.Text(rest[..kind]), EntityName.Text(rest[(kind + 1)..id])), sort, value);
    }

    /// <summary>The bounds of a page, as <c>ZRANGE BYLEX</c> takes them: first where it begins, then where it ends.</summary>
    public static (byte[] From, byte[] To) BoundsOf(IndexQuery query) => query.Descending
        ? (query.After is { } below ? [(byte)'(', .. PlaceOf(below)] : "+"u8.ToArray(), query.UpTo is { } low ? [(byte)'[', .. SortOf(low)] : "-"u8.ToArray())
        : (query.After is { } above ? [(byte)'[', .. PlaceOf(above), 0, 0xFF] : "-"u8.ToArray(), EndOf(query.UpTo));

    private static byte[] EndOf(long? upTo) => upTo is { } high and < long.MaxValue ? [(byte)'(', .. SortOf(high + 1)] : "+"u8.ToArray();

    private static byte[] PlaceOf(IndexPosition position) => Encode(position.Sort, EntityName.Encode(position.Key), null);

    private static byte[] SortOf(long sort)
    {
        var bytes = new byte[SortBytes];
        WriteSort(bytes, sort);
        return bytes;
    }

    private static void WriteSort(Span<byte> to, long sort) => BinaryPrimitives.WriteUInt64BigEndian(to, (ulong)sort ^ (1UL << 63));
}
