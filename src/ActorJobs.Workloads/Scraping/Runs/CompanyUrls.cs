using System.Text.RegularExpressions;
using ActorJobs.Workloads.Scraping.Crawling;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>Checks and normalises the companies of a request.</summary>
internal static partial class CompanyUrls
{
    /// <summary>Null when all are acceptable, else what is wrong with the first that is not.</summary>
    public static string? Problem(IReadOnlyList<string>? companies, int most) => companies switch
    {
        null or { Count: 0 } => "companies: at least one URL is needed.",
        _ when companies.Count > most => FormattableString.Invariant($"companies: at most {most} URLs may be given."),
        _ => companies.Where(url => Parse(url) is null)
            .Select(url => $"companies: '{url}' is no domain and no http or https URL without credentials, at most 2000 characters.").FirstOrDefault(),
    };

    /// <summary>Each company once, in the order given.</summary>
    public static IReadOnlyList<Uri> Canonical(IEnumerable<string> companies) => [.. companies.Select(Parse).OfType<Uri>().Distinct()];

    private static Uri? Parse(string? text) =>
        text is { Length: > 0 and <= CanonicalUrl.MaxLength } && Uri.TryCreate(WithScheme(text.Trim()), UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" && url.Host.Length > 0 && url.UserInfo.Length == 0
            ? CanonicalUrl.Of(url)
            : null;

    // "example.org" and "example.org/careers" are what people call a company's site; a name alone, without a dot, is more likely a mistake
    private static string WithScheme(string text) =>
        !text.Contains("://", StringComparison.Ordinal) && Domain().IsMatch(text) ? "https://" + text : text;

    [GeneratedRegex(@"^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?::\d{1,5})?(?:[/?].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Domain();
}
