using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>What belongs to a company's site: its own host, and the careers hosts beside it.</summary>
internal static partial class SiteScope
{
    /// <summary>Whether a crawl that began at <paramref name="start"/> may go to <paramref name="target"/>.</summary>
    public static bool Covers(Uri start, Uri target) => target.Authority == start.Authority || IsCareersHost(start, target);

    /// <summary>Whether <paramref name="target"/> is <c>careers.example.org</c> to <c>www.example.org</c>.</summary>
    public static bool IsCareersHost(Uri start, Uri target)
    {
        if (target.Authority == start.Authority || start.HostNameType != UriHostNameType.Dns || target.HostNameType != UriHostNameType.Dns || target.Port != start.Port)
            return false;
        var domain = start.Host.StartsWith("www.", StringComparison.Ordinal) ? start.Host[4..] : start.Host;
        return domain.Contains('.', StringComparison.Ordinal) && CareersLabel().Match(target.Host) is { Success: true } match && target.Host[match.Length..] == domain;
    }

    /// <summary>Whether both addresses are of one company's site, whichever of them a crawl began at. Other hosts of a domain are not: they may be other people's.</summary>
    public static bool IsSame(Uri one, Uri other) => WithoutWww(one) == WithoutWww(other) || IsCareersHost(one, other) || IsCareersHost(other, one);

    private static string WithoutWww(Uri url) => url.Authority.StartsWith("www.", StringComparison.Ordinal) ? url.Authority[4..] : url.Authority;

    [GeneratedRegex(@"^(?:careers?|jobs?|karriere|work|talent|recruiting|join)\.", RegexOptions.CultureInvariant)]
    private static partial Regex CareersLabel();
}
