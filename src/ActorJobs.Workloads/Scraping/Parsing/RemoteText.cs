using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>Tells whether a short text, such as a location or a title, offers remote work.</summary>
internal static partial class RemoteText
{
    public static bool Says(string text) => Offer().IsMatch(text) && !Denial().IsMatch(text);

    public static bool Denies(string text) => Denial().IsMatch(text);

    [GeneratedRegex(@"\b(?:remote|home ?office|work from (?:home|anywhere)|telecommute|wfh|télétravail|teletrabajo)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Offer();

    [GeneratedRegex(@"\b(?:no(?:t|n)?[- ](?:a )?remote|on-?site only|(?:fully )?on-?site (?:role|position)|no (?:home ?office|telecommut\w+))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Denial();
}
