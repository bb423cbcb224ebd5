using System.Globalization;

namespace ActorJobs.Workloads.Scraping.Robots;

/// <summary>Reads <c>robots.txt</c> for one crawler (RFC 9309, 2.1 and 2.2). Total: any text gives rules.</summary>
internal static class RobotsParser
{
    /// <summary>How many octets are read; the RFC asks for at least 500 KiB (2.5).</summary>
    public const int MaxBytes = 500 * 1024;

    /// <summary>How many <c>Sitemap</c> lines are kept.</summary>
    public const int MaxSitemaps = 10;

    /// <summary>The rules of the groups for <paramref name="productToken"/>, else of the groups for <c>*</c>, else none.</summary>
    public static RobotsRules Parse(string text, string productToken)
    {
        Group own = new(), any = new();
        var sitemaps = new List<Uri>();
        var (forOwn, forAny, agentsOpen) = (false, false, false);
        foreach (var range in text.AsSpan().TrimStart('\uFEFF').SplitAny('\r', '\n'))
        {
            if (!TryReadLine(text.AsSpan().TrimStart('\uFEFF')[range], out var key, out var value))
                continue;
            switch (key)
            {
                case "user-agent":
                    // consecutive user-agent lines share the group that follows them
                    if (!agentsOpen)
                        (forOwn, forAny) = (false, false);
                    agentsOpen = true;
                    forAny |= value.StartsWith('*');
                    forOwn |= TokenOf(value).Equals(productToken, StringComparison.OrdinalIgnoreCase);
                    if (forOwn)
                        own.IsPresent = true;
                    break;
                case "allow" or "disallow" or "crawl-delay":
                    // only rules end the list of agents: records the RFC does not define must not change what its own ones mean (2.2.4)
                    agentsOpen &= key == "crawl-delay";
                    if (forOwn)
                        own.Add(key, value);
                    if (forAny)
                        any.Add(key, value);
                    break;
                case "sitemap" when sitemaps.Count < MaxSitemaps && Uri.TryCreate(value, UriKind.Absolute, out var sitemap):
                    sitemaps.Add(sitemap);
                    break;
            }
        }

        var group = own.IsPresent ? own : any;
        return new RobotsRules(group.Rules, group.Delay, sitemaps);
    }

    private static bool TryReadLine(ReadOnlySpan<char> line, out string key, out string value)
    {
        (key, value) = ("", "");
        var comment = line.IndexOf('#');
        if (comment >= 0)
            line = line[..comment];
        var colon = line.IndexOf(':');
        if (colon <= 0)
            return false;
        key = line[..colon].Trim().ToString().ToLowerInvariant();
        value = line[(colon + 1)..].Trim().ToString();
        return true;
    }

    // "ActorJobsBot/1.0 (comment)" addresses ActorJobsBot: a product token is letters, hyphen and underscore (2.2.1)
    private static string TokenOf(string value)
    {
        var end = value.AsSpan().IndexOfAnyExcept(TokenCharacters);
        return end < 0 ? value : value[..end];
    }

    private static readonly System.Buffers.SearchValues<char> TokenCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_");

    private sealed class Group
    {
        // whoever asks for more means "hardly ever", and gets the longest pause the options allow
        private const double MaxDelaySeconds = 86_400;

        public bool IsPresent { get; set; }

        public List<RobotsRule> Rules { get; } = [];

        public TimeSpan? Delay { get; private set; }

        public void Add(string key, string value)
        {
            if (key == "crawl-delay")
            {
                if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
                    Delay = TimeSpan.FromSeconds(Math.Min(seconds, MaxDelaySeconds));
            }
            else if (value.StartsWith('/') || value.StartsWith('*'))
            {
                // an empty pattern matches nothing (2.2.2); one that begins otherwise is no path
                Rules.Add(new RobotsRule(value, key == "allow"));
            }
        }
    }
}
