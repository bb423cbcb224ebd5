using System.Text;
using System.Text.RegularExpressions;
using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Postings;

/// <summary>Turns what people type into a full-text query in which nothing they type is syntax: every term is quoted.</summary>
internal static partial class FullTextQuery
{
    private const int MaxTerms = 16;

    /// <summary>For SQLite's FTS5; null when the text holds no word.</summary>
    public static string? From(string? text) =>
        Join(" AND ", Terms(text).Select(term => $"\"{term.Words.Replace("\"", "", StringComparison.Ordinal)}\"{(term.IsPrefix ? "*" : "")}"));

    /// <summary>For PostgreSQL's <c>tsquery</c>; null when the text holds no word. The words of a term must stand side by side.</summary>
    public static string? ToTextSearch(string? text) => Join(" & ", Terms(text).Select(term =>
    {
        var words = SearchWords.Of(term.Words).Select(word => $"'{word}'").ToList();
        return words.Count == 0 ? "" : $"({string.Join(" <-> ", words)}{(term.IsPrefix ? ":*" : "")})";
    }).Where(term => term.Length > 0));

    /// <summary>Whether something was asked for that holds no word, such as <c>"</c> or an emoji: then nothing holds it. Blank asks for nothing in particular.</summary>
    public static bool IsWordless(string? text) => !string.IsNullOrWhiteSpace(text) && !Terms(text).Any();

    private static string? Join(string separator, IEnumerable<string> terms) => string.Join(separator, terms) is { Length: > 0 } query ? query : null;

    private static IEnumerable<(string Words, bool IsPrefix)> Terms(string? text) => Term().Matches(text ?? "").Select(TermOf).OfType<(string, bool)>().Take(MaxTerms);

    private static (string Words, bool IsPrefix)? TermOf(Match match)
    {
        var words = match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value;
        return words.EnumerateRunes().Any(Rune.IsLetterOrDigit) ? (words.TrimEnd('*'), !match.Groups[1].Success && words.EndsWith('*')) : null;
    }

    [GeneratedRegex("\"([^\"]{1,200})\"|([^\\s\"]{1,100})")]
    private static partial Regex Term();
}
