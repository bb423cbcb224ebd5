using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>Reads the company out of a window's title: what stands beside the job's title, as in <c>Night Nurse - Borealis Clinic | Careers</c>.</summary>
internal static partial class WindowTitle
{
    private const int MaxCompany = 80;

    /// <summary>Null when the window's title does not hold the job's, or holds nothing else.</summary>
    public static string? CompanyOf(string? window, string? job)
    {
        if (string.IsNullOrWhiteSpace(window) || string.IsNullOrWhiteSpace(job))
            return null;
        var text = CollapsedText.Of(window).Trim();
        var at = text.IndexOf(job, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        // what follows the job comes first: what precedes it is mostly the page's own words
        var rest = new[] { text[(at + job.Length)..], text[..at] };
        return rest.SelectMany(part => Separator().Split(part)).Select(part => Filler().Replace(part, "").Trim(' ', ':', ',', '-', '–'))
            .FirstOrDefault(part => part.Length is > 1 and <= MaxCompany && !Words().IsMatch(part));
    }

    [GeneratedRegex(@"\s[-–—|·:]\s|\s*[|·»]\s*|^\s*[-–—|·:@,]\s*|\s+[-–—|·:]\s*$")]
    private static partial Regex Separator();

    // "at Acme", "bei Acme", "Job Application for"
    [GeneratedRegex(@"^\s*(?:(?:jobs?|careers?|career page|vacanc(?:y|ies)|karriere)\s+)?(?:at|bei|chez|en|@)\s+|\b(?:job application for|application for|apply for)\b|\s+(?:careers?|jobs|karriere)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Filler();

    // parts that name no company
    [GeneratedRegex(@"^(?:careers?|career page|jobs?|open positions|vacanc(?:y|ies)|karriere|stellenangebote?|home|we(?:'|’)?re hiring|remote|apply|job details?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
