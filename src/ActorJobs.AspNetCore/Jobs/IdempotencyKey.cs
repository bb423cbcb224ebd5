using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.AspNetCore;

/// <summary>
/// The <c>Idempotency-Key</c> header: a submit under a key makes the job whose id derives from the key, so that a repeat finds the job there is.
/// Nothing else is stored; the key is forgotten when the job is.
/// </summary>
internal readonly record struct IdempotencyKey(string Value)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Where the job keeps the hash of the body it came with, to tell a repeat from another request under the same key.</summary>
    public const string HashMeta = "idempotency-hash";

    private const int MaxLength = 255;

    /// <summary>Reads the header. Null without a problem when there is none.</summary>
    public static (IdempotencyKey? Key, ApiProblem? Problem) Of(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var values))
            return (null, null);
        // the draft standard writes the key as a quoted string; most clients send it bare
        var value = values.ToString().Trim('"');
        return value.Length is > 0 and <= MaxLength && values.Count == 1 && !value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? (new IdempotencyKey(value), null)
            : (null, Problems.Invalid("invalid-idempotency-key", $"{Header} has 1 to {MaxLength} visible ASCII characters."));
    }

    /// <summary>The body's hash, in hexadecimal.</summary>
    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>The job's id: SHA-256 of the key, and of the place in a batch, in the form of a UUID version 8 (RFC 9562, section 5.8).</summary>
    public JobId IdFor(int? index = null)
    {
        // a header holds no NUL, so a key can never look like another key and a place
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(index is null ? Value : $"{Value}\0{index}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new JobId(new Guid(hash[..16], bigEndian: true).ToString());
    }

    /// <summary>The request under this key.</summary>
    public JobRequest Apply(JobRequest request, string hash, int? index = null) => request with
    {
        Id = IdFor(index),
        Meta = new Dictionary<string, string>(request.Meta) { [HashMeta] = hash },
    };

    /// <summary>Whether a job that was there already came with another body.</summary>
    public static bool IsReused(JobView job, string hash) => job.Meta.TryGetValue(HashMeta, out var first) && first != hash;
}
