using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ActorJobs.AspNetCore;

/// <summary>The API keys as configured now; a change of the configuration takes effect without a restart.</summary>
internal sealed class KeyRing : IDisposable
{
    private readonly TimeProvider time;
    private readonly IDisposable? subscription;

    // written when the configuration changes, read by every request
    private volatile Entry[] entries;

    public KeyRing(IOptionsMonitor<AccessOptions> options, TimeProvider time)
    {
        this.time = time;
        entries = Read(options.CurrentValue);
        subscription = options.OnChange(changed => entries = Read(changed));
    }

    /// <summary>Whether any key is configured. Without one, the front door serves this machine only.</summary>
    public bool IsConfigured => entries.Length > 0;

    /// <summary>Who holds this key, or null when nobody does.</summary>
    public Caller? Find(string key) => FindByHash(HashOf(key));

    /// <summary>Who holds the key with this hash. Takes as long for a near miss as for a hit: every entry is compared to its last byte.</summary>
    public Caller? FindByHash(ReadOnlySpan<byte> hash)
    {
        Entry? found = null;
        foreach (var entry in entries)
        {
            if (CryptographicOperations.FixedTimeEquals(entry.Hash, hash))
                found = entry;
        }

        return found is not null && (found.Expires is not { } expires || time.GetUtcNow() < expires) ? found.Caller : null;
    }

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public void Dispose() => subscription?.Dispose();

    private static Entry[] Read(AccessOptions options) =>
        [.. options.Keys.Select(key => new Entry(Convert.FromHexString(key.Hash), new Caller(key.Name, key.Role), key.Expires))];

    private sealed record Entry(byte[] Hash, Caller Caller, DateTimeOffset? Expires);
}
