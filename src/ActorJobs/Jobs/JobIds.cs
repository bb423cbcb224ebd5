using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Jobs;

/// <summary>Makes job ids.</summary>
internal static class JobIds
{
    // the last id's time and counter in one number: 48 bits of Unix milliseconds, 12 bits that count within one
    private static long last;

    /// <summary>A new UUIDv7 (RFC 9562, section 5.7): later ids of this process sort after earlier ones.</summary>
    public static JobId New(TimeProvider time)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() << 12;
        long before, next;
        do
        {
            before = Interlocked.Read(ref last);
            next = Math.Max(now, before + 1);
        }
        while (Interlocked.CompareExchange(ref last, next, before) != before);

        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (next >> 12 << 16) | 0x7000 | (next & 0xFFF));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new JobId(new Guid(bytes, bigEndian: true).ToString());
    }

    /// <summary>
    /// A new UUIDv7 on the shard of a unique key, so that the shard's owner alone can see to the key. Takes as many draws as there are shards, on average.
    /// </summary>
    /// <param name="key">The unique key.</param>
    /// <param name="shards">How many shards there are.</param>
    /// <param name="draw">Draws an id.</param>
    public static JobId NewOnShardOf(string key, int shards, Func<JobId> draw)
    {
        var shard = ShardHash.Of(key, shards);
        JobId id;
        do
        {
            id = draw();
        }
        while (ShardHash.Of(id.Value, shards) != shard);
        return id;
    }

    /// <summary>As <see cref="Child(JobId, string, int)"/>, on the shard of the child's unique key.</summary>
    public static JobId ChildOnShardOf(string unique, int shards, JobId parent, string key, int index)
    {
        var shard = ShardHash.Of(unique, shards);
        for (var draw = 0; ; draw++)
        {
            if (Derived($"{parent}\n{key}\n{index}\n{draw}") is var id && ShardHash.Of(id.Value, shards) == shard)
                return id;
        }
    }

    /// <summary>The id of a child that was not given one: the same for the same parent, key and position.</summary>
    public static JobId Child(JobId parent, string key, int index) => Derived($"{parent}\n{key}\n{index}");

    /// <summary>An id that only the text decides (UUIDv8, RFC 9562, section 5.8, from SHA-256).</summary>
    public static JobId Derived(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new JobId(new Guid(hash[..16], bigEndian: true).ToString());
    }
}
