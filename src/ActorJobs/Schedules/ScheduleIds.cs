using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Schedules;

/// <summary>How schedules and their firings are named. The id of a firing's job follows from schedule and nominal time, so two owners make the same one.</summary>
internal static class ScheduleIds
{
    public const int MaxId = 63;

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static string AllowedText => $"1 to {MaxId} letters, digits or any of - _ .";

    // one or two dots alone are no segment of a path: they would be resolved away
    public static bool IsValid(string? id) => id is { Length: > 0 and <= MaxId } and not ("." or "..") && !id.AsSpan().ContainsAnyExcept(Allowed);

    public static EntityKey Entity(string id) => new(ScheduleEntity.Kind, id);

    /// <summary>The key of the firing of a nominal time: the same for a backfill of it, so a time that has fired does not fire again.</summary>
    public static string KeyOf(DateTimeOffset nominal) => nominal.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The key of a firing on request: the same for the same command.</summary>
    public static string KeyOfTrigger(string commandId) => "now-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(commandId)).AsSpan(0, 8));

    public static JobId JobOf(string schedule, string key) => new($"{schedule}~{key}");

    /// <summary>By how much a firing is delayed: less than <paramref name="most"/>, to the millisecond.</summary>
    public static TimeSpan JitterOf(string schedule, DateTimeOffset nominal, TimeSpan most)
    {
        if (most <= TimeSpan.FromMilliseconds(1))
            return TimeSpan.Zero;
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{schedule}\n{KeyOf(nominal)}"), hash);
        return TimeSpan.FromMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)most.TotalMilliseconds));
    }
}
