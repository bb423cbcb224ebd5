using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.Builtin;

/// <summary>
/// Signs a request as Standard Webhooks 1.0.0 says, for which there are libraries in most languages: HMAC-SHA256 over id, timestamp and body. The id is the job's,
/// the same for all of its attempts.
/// </summary>
internal static class HttpSignature
{
    private const string Prefix = "whsec_"; // marks a secret that is written in base64

    public static void Add(HttpRequestHeaders headers, string secret, string id, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers.TryAddWithoutValidation("webhook-id", id);
        headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        headers.TryAddWithoutValidation("webhook-signature", "v1," + Of(secret, id, timestamp, body));
    }

    /// <summary>The signature in base64.</summary>
    public static string Of(string secret, string id, string timestamp, ReadOnlySpan<byte> body) =>
        Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]));

    private static byte[] KeyOf(string secret) =>
        secret.StartsWith(Prefix, StringComparison.Ordinal) ? Convert.FromBase64String(secret[Prefix.Length..]) : Encoding.UTF8.GetBytes(secret);
}
