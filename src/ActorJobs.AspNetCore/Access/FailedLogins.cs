using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Slows down the guessing of keys: after 10 wrong keys from an address within a minute, its keys are refused until the minute is over, right ones too, for
/// otherwise the guess that hits would be told by its answer. A key that the address has used before goes on working: it is no guess, and behind a proxy or
/// on a shared machine one caller with an old key must not lock out all others.
/// </summary>
internal sealed partial class FailedLogins(TimeProvider time, ILogger<FailedLogins> logger)
{
    /// <summary>How many wrong keys an address may send within a <see cref="Window"/>.</summary>
    public const int Limit = 10;

    /// <summary>How many addresses are remembered, with failures and with keys that were right; more are not known apart from new ones.</summary>
    public const int MaxAddresses = 4096;

    /// <summary>How long failures count, from the first one on.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // under its own lock; Count is read without it, so that requests pay nothing while nobody fails
    private readonly Dictionary<IPAddress, Failures> failing = [];
    private readonly ConcurrentDictionary<(IPAddress From, string Caller), bool> known = new();
    private volatile int addresses;
    private int knownCount;

    /// <summary>Counts a key that was looked up. Says how long the address has to wait, or null when the answer may be given.</summary>
    /// <param name="remote">From where; null is a Unix domain socket or an in-memory server.</param>
    /// <param name="found">Who holds the key; null when nobody does.</param>
    public TimeSpan? Check(IPAddress? remote, Caller? found)
    {
        var from = NetworkOf(remote ?? IPAddress.Loopback);
        if (found is null)
            return Fail(from);
        if (known.ContainsKey((from, found.Name)))
            return null;
        if (addresses > 0 && WaitOf(from) is { } wait)
            return wait;
        if (Volatile.Read(ref knownCount) < MaxAddresses && known.TryAdd((from, found.Name), true))
            Interlocked.Increment(ref knownCount);
        return null;
    }

    private TimeSpan? Fail(IPAddress from)
    {
        Failures failures;
        var now = time.GetUtcNow();
        lock (failing)
        {
            failures = failing.TryGetValue(from, out var before) && now < before.Until ? before with { Count = before.Count + 1 } : new Failures(1, now + Window);
            if (before is null && failing.Count >= MaxAddresses)
                MakeRoom(now);
            failing[from] = failures;
            addresses = failing.Count;
        }

        if (failures.Count == 1)
            LogFailure(logger, from, Limit);
        return failures.Count > Limit ? failures.Until - now : null;
    }

    private TimeSpan? WaitOf(IPAddress from)
    {
        var now = time.GetUtcNow();
        lock (failing)
            return failing.TryGetValue(from, out var failures) && failures.Count >= Limit && now < failures.Until ? failures.Until - now : null;
    }

    /// <summary>Forgets what is over, or else the address that has failed least: a flood of addresses must not free the one that guesses.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (from, failures) in failing)
        {
            if (failures.Until <= now)
                failing.Remove(from);
        }

        if (failing.Count >= MaxAddresses)
            failing.Remove(failing.MinBy(entry => entry.Value.Count).Key);
    }

    /// <summary>An IPv6 host has a /64 to choose its addresses from, so these count as one.</summary>
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    [LoggerMessage(1, LogLevel.Warning, "A wrong API key came from {Address}; after {Limit} within a minute its keys are refused until the minute is over")]
    private static partial void LogFailure(ILogger logger, IPAddress address, int limit);

    private sealed record Failures(int Count, DateTimeOffset Until);
}
