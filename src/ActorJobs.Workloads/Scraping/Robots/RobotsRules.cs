namespace ActorJobs.Workloads.Scraping.Robots;

/// <summary>What one site's <c>robots.txt</c> says to this crawler (RFC 9309).</summary>
/// <param name="Rules">The rules of the group that applies, in file order.</param>
/// <param name="CrawlDelay">The widespread extension, if the group states it.</param>
/// <param name="Sitemaps">Absolute URLs of <c>Sitemap</c> lines, at most <see cref="RobotsParser.MaxSitemaps"/>.</param>
internal sealed record RobotsRules(IReadOnlyList<RobotsRule> Rules, TimeSpan? CrawlDelay, IReadOnlyList<Uri> Sitemaps)
{
    /// <summary>Nothing is forbidden: no file, or no group for us (2.2.1, 2.3.1.3).</summary>
    public static RobotsRules AllowAll { get; } = new([], null, []);

    /// <summary>Everything is forbidden: the file cannot be reached (2.3.1.4).</summary>
    public static RobotsRules DisallowAll { get; } = new([new RobotsRule("/", isAllow: false)], null, []);

    /// <summary>Whether <paramref name="url"/> may be fetched: the longest matching rule decides, an equal <c>Allow</c> wins (2.2.2).</summary>
    public bool Allows(Uri url)
    {
        // 2.2.2: robots.txt itself is always allowed
        if (url.AbsolutePath is "/robots.txt")
            return true;
        var path = RobotsPath.Normalise(url.PathAndQuery);
        RobotsRule? best = null;
        foreach (var rule in Rules)
        {
            var outranks = best is null || rule.Length > best.Length || (rule.Length == best.Length && rule.IsAllow);
            if (outranks && rule.Matches(path))
                best = rule;
        }

        return best is null || best.IsAllow;
    }
}
