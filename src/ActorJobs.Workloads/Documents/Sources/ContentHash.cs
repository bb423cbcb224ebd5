using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.Workloads.Documents;

/// <summary>SHA-256 in lower-case hexadecimal: names content, and tells damage.</summary>
internal static class ContentHash
{
    public static string OfFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Of parts that hold no line feed, so that no two lists of parts have one hash.</summary>
    public static string Of(params IEnumerable<string> parts) => Of(Encoding.UTF8.GetBytes(string.Join('\n', parts)));

    /// <summary>Whether it has the form of a hash, and so may be part of a path.</summary>
    public static bool IsValid(string? value) => value is { Length: 64 } && !value.AsSpan().ContainsAnyExcept(Digits);

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");
}
