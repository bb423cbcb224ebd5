namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// Recognises pages that are nested so deeply that building their tree takes quadratic time (100 000 nested elements: a minute). No page meant for
/// people comes near the limit.
/// </summary>
internal static class NestingLimit
{
    private const int MaxDepth = 2_000;

    // elements without content, and those whose end tag may be left out: counting them would condemn long plain lists
    private static readonly HashSet<string> Uncounted = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "li", "p", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rp", "rt", "html", "head", "body",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> UncountedNames = Uncounted.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsExceeded(ReadOnlySpan<char> html)
    {
        var depth = 0;
        while (html.IndexOf('<') is >= 0 and var start)
        {
            html = html[(start + 1)..];
            var closes = html.StartsWith("/");
            var name = html[(closes ? 1 : 0)..];
            var end = name.IndexOfAnyExcept(Letters);
            name = end < 0 ? name : name[..end];
            if (name.IsEmpty || UncountedNames.Contains(name))
                continue;
            depth = Math.Max(0, depth + (closes ? -1 : 1));
            if (depth > MaxDepth)
                return true;
        }

        return false;
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
}
