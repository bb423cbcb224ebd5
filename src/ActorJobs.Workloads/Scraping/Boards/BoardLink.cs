using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Scraping.Boards;

/// <summary>Recognises accounts in the public addresses of boards.</summary>
internal static partial class BoardLink
{
    private static readonly HashSet<string> NoAccounts = new(StringComparer.OrdinalIgnoreCase) { "www", "embed", "api", "v0", "v1", "j", "jobs", "job", "legal", "privacy" };

    /// <summary>The first segment of the path, when the host is one of <paramref name="hosts"/>.</summary>
    public static string? FirstSegment(Uri link, params ReadOnlySpan<string> hosts) =>
        hosts.Contains(link.Host.ToLowerInvariant()) && link.Segments.Length > 1 ? Account(link.Segments[1].TrimEnd('/')) : null;

    /// <summary>The label before <paramref name="domain"/>.</summary>
    public static string? Subdomain(Uri link, string domain) =>
        link.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase) ? Account(link.Host[..^(domain.Length + 1)]) : null;

    /// <summary>The value of a query parameter.</summary>
    public static string? Query(Uri link, string name) =>
        link.Query.TrimStart('?').Split('&').FirstOrDefault(pair => pair.StartsWith(name + "=", StringComparison.Ordinal)) is { } found
            ? Account(found[(name.Length + 1)..])
            : null;

    private static string? Account(string text)
    {
        var name = Uri.UnescapeDataString(text);
        return AccountName().IsMatch(name) && !NoAccounts.Contains(name) ? name : null;
    }

    // what may stand in a path without changing where it leads
    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$")]
    private static partial Regex AccountName();
}
