namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>Gives each page one spelling, so that the same page is fetched and stored once.</summary>
internal static class CanonicalUrl
{
    /// <summary>The most characters of an address that is followed or kept; what search engines' guides ask for, and most servers take.</summary>
    public const int MaxLength = 2_000;

    private static readonly string[] TrackingPrefixes = ["utm_", "mc_", "pk_"];

    private static readonly HashSet<string> Tracking = new(StringComparer.OrdinalIgnoreCase)
    {
        "gclid", "fbclid", "msclkid", "dclid", "yclid", "igshid", "_ga", "_hsenc", "_hsmi", "mkt_tok", "ref_src", "sessionid", "jsessionid", "phpsessid",
    };

    /// <summary>Without fragment and tracking parameters; scheme and host in lower case, default port and dot segments gone (RFC 3986, 6.2).</summary>
    public static Uri Of(Uri url)
    {
        var query = url.Query.TrimStart('?');
        var kept = string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !IsTracking(pair)));
        return new Uri(url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (kept.Length > 0 ? "?" + kept : ""));
    }

    /// <summary>Whether an address is too long to be followed or kept: a page may name thousands, and a megabyte each.</summary>
    public static bool IsTooLong(Uri url) => url.OriginalString.Length > MaxLength;

    private static bool IsTracking(string pair)
    {
        var name = pair.Split('=', 2)[0];
        return Tracking.Contains(name) || Array.Exists(TrackingPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }
}
