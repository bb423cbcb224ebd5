using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.Cluster;

/// <summary>
/// Proves that a call comes from a node that knows the shared secret, without showing it: one HMAC-SHA-256 over the time, the operation and the
/// body's length, to be checked before a body is read, and one over the body as well. A recorded call can be played again for as long as clocks may differ; what nodes ask of one another recognises repetitions.
/// </summary>
public sealed class ClusterSignature
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "ActorJobs-Signature";

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private readonly byte[] key;
    private readonly TimeProvider time;

    /// <summary>Signs and checks with a secret.</summary>
    public ClusterSignature(string secret, TimeProvider time) => (key, this.time) = (SHA256.HashData(Encoding.UTF8.GetBytes(secret)), time);

    /// <summary>The header's value for a call.</summary>
    public string Sign(string operation, ReadOnlySpan<byte> body)
    {
        var at = time.GetUtcNow().ToUnixTimeSeconds();
        var (head, whole) = (Hash(at, operation, body.Length, []), Hash(at, operation, body.Length, body));
        return string.Create(CultureInfo.InvariantCulture, $"{at}:{Convert.ToHexString(head)}:{Convert.ToHexString(whole)}");
    }

    /// <summary>Whether the header's value is one for a call with a body of this length, and not an old one: whether the body is worth reading.</summary>
    public bool VerifiesHead(string? value, string operation, long length) => Verifies(value, part: 1, operation, length, []);

    /// <summary>Whether the header's value is one for this call, and not an old one.</summary>
    public bool Verifies(string? value, string operation, ReadOnlySpan<byte> body) => Verifies(value, part: 2, operation, body.Length, body);

    private bool Verifies(string? value, int part, string operation, long length, ReadOnlySpan<byte> body)
    {
        if (value?.Split(':') is not { Length: 3 } parts || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            return false;
        var age = TimeSpan.FromSeconds(Math.Abs((double)time.GetUtcNow().ToUnixTimeSeconds() - at));
        var given = new byte[32];
        return age <= ClockTolerance
            && parts[part].Length == 64
            && Convert.FromHexString(parts[part], given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, Hash(at, operation, length, body));
    }

    private byte[] Hash(long at, string operation, long length, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at}\n{operation}\n{length}\n")));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
