using System.Text.RegularExpressions;

namespace ActorJobs.AspNetCore;

/// <summary>Masks what must not be shown. Judged by names, and by what values look like: applications have settings of their own.</summary>
internal static partial class SecretSettings
{
    public const string Mask = "***";

    private static readonly string[] Within = ["secret", "password", "passwd", "pwd", "credential", "authorization", "apikey", "cookie"];

    private static readonly string[] AtTheEnd = ["token", "hash", "key"];

    // how the crawler calls itself, and what keeps jobs apart
    private static readonly string[] Open = ["producttoken", "concurrencykey"];

    /// <summary>The value as it may be shown.</summary>
    public static string? Show(string key, string? value) =>
        string.IsNullOrEmpty(value) ? value
        : IsSecret(key) ? Mask
        : Assignment().Replace(UserInfo().Replace(value, $"//{Mask}@"), match => $"{match.Groups["name"].Value}{Mask}");

    private static bool IsSecret(string key) => key.Split(':').Any(IsSecretName);

    private static bool IsSecretName(string segment)
    {
        var name = segment.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        return !Open.Contains(name) && (Within.Any(name.Contains) || AtTheEnd.Any(end => name.EndsWith(end, StringComparison.Ordinal)));
    }

    // http://user:password@host
    [GeneratedRegex("//[^/@\\s]+@")]
    private static partial Regex UserInfo();

    // host:6379,password=secret,ssl=true
    [GeneratedRegex(@"(?<name>\b(password|pwd|secret|token|accountkey|sharedaccesskey)\s*=\s*)[^,;&\s]+", RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();
}
