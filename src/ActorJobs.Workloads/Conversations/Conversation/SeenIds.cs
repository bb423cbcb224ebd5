using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// The ids that were taken in lately, to know a message that comes again. Meta repeats a webhook that was not answered for up to seven days
/// (https://developers.facebook.com/docs/graph-api/webhooks/getting-started), so ids are kept by day for at least that long, and the last 256 for ever:
/// eight bytes of each, which cost a usual conversation less than a message does. The bound is for machines: 4 096 ids are one in two and a half minutes,
/// day and night, for a week, and take 44 KB of such a conversation's state. Looking older ids up in the history would know them for ever, but would make
/// decisions wait for reads, for a repetition that nobody sends. Pure.
/// </summary>
/// <param name="Days">The days on which something came, oldest first.</param>
public sealed record SeenIds(IReadOnlyList<SeenDay> Days)
{
    /// <summary>The most ids that are kept; beyond it the oldest are forgotten.</summary>
    public const int Most = 4_096;

    /// <summary>So many are kept however old they are.</summary>
    public const int Least = 256;

    private const int KeptDays = 7; // beside today

    /// <summary>Nothing has come.</summary>
    public static SeenIds None { get; } = new([]);

    /// <summary>Eight bytes of an id's SHA-256: two of the ids that are kept are the same by chance once in a trillion conversations.</summary>
    public static long HashOf(string id) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    /// <summary>How many ids are known.</summary>
    public int Count() => Days.Sum(day => day.Count);

    /// <summary>Whether an id is known, by its hash.</summary>
    public bool Contains(long hash) => Days.Any(day => day.Contains(hash));

    /// <summary>With one more id, and without the days that are over and not needed for <see cref="Least"/>.</summary>
    public SeenIds With(long hash, DateTimeOffset at)
    {
        // clocks of nodes differ a little: what comes from the past is of the last day there is
        var today = Math.Max((int)(at.ToUnixTimeSeconds() / 86_400), Days.Count == 0 ? int.MinValue : Days[^1].Day);
        var days = Days.ToList();
        if (days is [.., var last] && last.Day == today)
            days[^1] = last.With(hash);
        else
            days.Add(new SeenDay(today, []).With(hash));

        var seen = new SeenIds(days);
        while (days[0].Day < today - KeptDays && seen.Count() - days[0].Count >= Least)
            days.RemoveAt(0);
        if (seen.Count() > Most)
            days[0] = days[0].WithoutFirst();
        if (days[0].Count == 0)
            days.RemoveAt(0);
        return seen;
    }
}

/// <summary>The ids that came on one day.</summary>
/// <param name="Day">Days since 1970, in UTC.</param>
/// <param name="Hashes">Eight bytes of each, little-endian, in the order in which they came.</param>
public sealed record SeenDay(int Day, byte[] Hashes)
{
    internal int Count => Hashes.Length / sizeof(long);

    internal bool Contains(long hash) =>
        MemoryMarshal.Cast<byte, long>(Hashes).Contains(BitConverter.IsLittleEndian ? hash : BinaryPrimitives.ReverseEndianness(hash));

    internal SeenDay With(long hash)
    {
        var hashes = new byte[Hashes.Length + sizeof(long)];
        Hashes.CopyTo(hashes, 0);
        BinaryPrimitives.WriteInt64LittleEndian(hashes.AsSpan(Hashes.Length), hash);
        return this with { Hashes = hashes };
    }

    internal SeenDay WithoutFirst() => this with { Hashes = Hashes[sizeof(long)..] };
}
