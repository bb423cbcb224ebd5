using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Scraping.Postings;

/// <summary>Turns what people type into an FTS5 query in which nothing they type is syntax: every term is a quoted string.</summary>
internal static partial class FullTextQuery
{
    private const int MaxTerms = 16;

    /// <summary>Null when the text holds no word.</summary>
    public static string? From(string? text)
    {
        var terms = Term().Matches(text ?? "").Select(Quote).OfType<string>().Take(MaxTerms).ToList();
        return terms.Count == 0 ? null : string.Join(" AND ", terms);
    }

    private static string? Quote(Match match)
    {
        var words = match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value;
        if (!words.Any(char.IsLetterOrDigit))
            return null;
        var isPrefix = !match.Groups[1].Success && words.EndsWith('*');
        return $"\"{words.TrimEnd('*').Replace("\"", "", StringComparison.Ordinal)}\"{(isPrefix ? "*" : "")}";
    }

    [GeneratedRegex("\"([^\"]{1,200})\"|([^\\s\"]{1,100})")]
    private static partial Regex Term();
}
