using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>Reads dates as pages write them. A date whose day and month could be swapped, such as <c>03/04/2026</c>, is not guessed at.</summary>
internal static partial class DateText
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyyMMdd", "d.M.yyyy", "d MMMM yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "MMMM d yyyy", "MMM d yyyy",
        "d. MMMM yyyy",
    ];

    public static DateOnly? Parse(string text)
    {
        var trimmed = Ordinal().Replace(text.Trim().TrimEnd('.'), "$1");
        // the day as written: a posting valid through 23:59 in its own zone is not valid a day longer in ours
        if (IsoDateTime().Match(trimmed) is { Success: true } iso)
            trimmed = iso.Groups[1].Value;
        else if (InternetDateTime().Match(trimmed) is { Success: true } internet)
            trimmed = internet.Groups[1].Value;
        if (DateOnly.TryParseExact(trimmed, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var date))
            return Plausible(date);
        return Slashed().Match(trimmed) is { Success: true } slashed ? Plausible(FromSlashes(slashed)) : null;
    }

    private static DateOnly? FromSlashes(Match match)
    {
        var (first, second, year) = (Number(match, 1), Number(match, 2), Number(match, 3));
        var (day, month) = (first, second) switch
        {
            ( > 12, <= 12) => (first, second),
            ( <= 12, > 12) => (second, first),
            _ when first == second => (first, second),
            _ => (0, 0),
        };
        return year >= 1 && month >= 1 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static DateOnly? Plausible(DateOnly? date) => date is { Year: >= 1990 and <= 2100 } ? date : null;

    [GeneratedRegex(@"^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}")]
    private static partial Regex IsoDateTime();

    // RFC 1123, 5.2.14, and RFC 9110, 5.6.7: Sun, 22 Nov 2026 23:59:00 GMT
    [GeneratedRegex(@"^(?:[A-Za-z]{3},\s*)?(\d{1,2} [A-Za-z]{3} \d{4})(?:\s+\d{2}:\d{2}(?::\d{2})?(?:\s+(?:[A-Za-z]{1,4}|[+-]\d{4}))?)?$")]
    private static partial Regex InternetDateTime();

    [GeneratedRegex(@"^(\d{1,2})/(\d{1,2})/(\d{4})$")]
    private static partial Regex Slashed();

    [GeneratedRegex(@"\b(\d{1,2})(?:st|nd|rd|th)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ordinal();
}
