using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Scraping.Enrichment;

/// <summary>Reads seniority from the title, else from the years of experience the text asks for.</summary>
internal static partial class SeniorityRules
{
    public static Seniority? Of(string title, string? text)
    {
        foreach (var (pattern, seniority) in Titles)
        {
            if (pattern.IsMatch(title))
                return seniority;
        }

        return YearsOf(text) switch
        {
            null => null,
            <= 1 => Seniority.Junior,
            <= 4 => Seniority.Mid,
            _ => Seniority.Senior,
        };
    }

    // the first that matches: "Senior Director" is a director, "Lead Intern Programme" is the rare price
    private static readonly (Regex Pattern, Seniority Seniority)[] Titles =
    [
        (Intern(), Seniority.Intern), (Executive(), Seniority.Executive), (Lead(), Seniority.Lead), (Senior(), Seniority.Senior), (Junior(), Seniority.Junior),
        (Mid(), Seniority.Mid),
    ];

    private static int? YearsOf(string? text) =>
        text is not null && Years().Match(text) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(?:intern|internship|trainee|apprentice|working student|werkstudent(?:in)?|praktikant(?:in)?|praktikum)\b", Options)]
    private static partial Regex Intern();

    [GeneratedRegex(@"\b(?:head of|director|vp|vice president|chief|c[etfo]o|leiter(?:in)?)\b", Options)]
    private static partial Regex Executive();

    [GeneratedRegex(@"\b(?:lead|staff|principal|teamleiter(?:in)?)\b", Options)]
    private static partial Regex Lead();

    [GeneratedRegex(@"\b(?:senior|sr)\b", Options)]
    private static partial Regex Senior();

    [GeneratedRegex(@"\b(?:junior|jr|graduate|entry[- ]level|berufseinsteiger(?:in)?)\b", Options)]
    private static partial Regex Junior();

    [GeneratedRegex(@"\b(?:mid[- ]level|intermediate|professional)\b", Options)]
    private static partial Regex Mid();

    [GeneratedRegex(@"\b(\d{1,2})\s?(?:\+|(?:-|–|to)\s?\d{1,2}\+?)?\s?(?:years?|jahre)\b[^.\n]{0,40}(?:experience|erfahrung)", Options)]
    private static partial Regex Years();
}
