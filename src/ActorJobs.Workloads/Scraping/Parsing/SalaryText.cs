using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// Reads pay from text: <c>€60,000 – €75,000 per year</c>, <c>$120k-150k</c>, <c>CHF 110'000</c>, <c>up to £45k</c>, <c>25 USD/hour</c>. A number counts
/// as pay only beside a currency, so that years, postcodes and team sizes do not.
/// </summary>
internal static partial class SalaryText
{
    private const int MaxText = 20_000;
    private static readonly string[] MarkGroups = ["c1", "c2", "c3", "c4"];

    // "$" is the dollar of most pages that use it bare; "kr" is three currencies, so it stays unnamed
    private static readonly (string Mark, string? Code)[] Currencies =
    [
        ("US$", "USD"), ("A$", "AUD"), ("C$", "CAD"), ("CA$", "CAD"), ("AU$", "AUD"), ("S$", "SGD"), ("R$", "BRL"), ("HK$", "HKD"), ("NZ$", "NZD"),
        ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₹", "INR"), ("zł", "PLN"), ("kr", null),
    ];

    private static readonly HashSet<string> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        "USD", "EUR", "GBP", "CHF", "JPY", "INR", "PLN", "SEK", "NOK", "DKK", "CAD", "AUD", "NZD", "SGD", "HKD", "BRL", "CZK", "HUF", "ZAR", "ILS", "MXN", "CNY",
    };

    public static Salary? Parse(string text)
    {
        var shortened = text.Length > MaxText ? text[..MaxText] : text;
        foreach (Match match in Amount().Matches(shortened))
        {
            if (Read(match, shortened) is { } salary)
                return salary;
        }

        return null;
    }

    /// <summary>A number as people group it: <c>60.000</c>, <c>60,000.50</c>, <c>60 000</c>, <c>110'000</c>.</summary>
    public static decimal? Number(string text) => AmountText.Number(text);

    /// <summary>The period a word such as <c>per hour</c> or <c>YEAR</c> names.</summary>
    public static SalaryPeriod? Period(string text)
    {
        var match = PeriodWord().Match(text);
        return match switch
        {
            { Success: false } => null,
            _ when match.Groups["hour"].Success => SalaryPeriod.Hour,
            _ when match.Groups["day"].Success => SalaryPeriod.Day,
            _ when match.Groups["week"].Success => SalaryPeriod.Week,
            _ when match.Groups["month"].Success => SalaryPeriod.Month,
            _ => SalaryPeriod.Year,
        };
    }

    /// <summary>The ISO 4217 code a mark or code stands for.</summary>
    public static string? Currency(string text)
    {
        var trimmed = text.Trim();
        if (Codes.Contains(trimmed))
            return trimmed.ToUpperInvariant();
        return Array.Find(Currencies, entry => entry.Mark.Equals(trimmed, StringComparison.OrdinalIgnoreCase)).Code;
    }

    private static Salary? Read(Match match, string text)
    {
        var marks = MarkGroups.Select(group => match.Groups[group].Value).Where(mark => mark.Length > 0).ToList();
        if (marks.Count == 0)
            return null;
        var first = AmountText.Number(match.Groups["a"].Value);
        var second = match.Groups["b"].Success ? AmountText.Number(match.Groups["b"].Value) : null;
        var (firstIsThousands, secondIsThousands) = (match.Groups["ak"].Success, match.Groups["bk"].Success);
        // "120-150k": the k is meant for both
        if (firstIsThousands || (secondIsThousands && first < 1_000))
            first *= 1_000;
        if (secondIsThousands || (firstIsThousands && second < 1_000))
            second *= 1_000;
        if (first is null or 0)
            return null;

        var before = text[..match.Index].TrimEnd();
        var tail = text.AsSpan(match.Index + match.Length, Math.Min(24, text.Length - match.Index - match.Length)).ToString();
        var lead = before[Math.Max(0, before.Length - 24)..];
        // "annual salary: $90,000" names the period before the number
        var period = Period(EndOfClause().Split(tail)[0]) ?? Period(EndOfClause().Split(lead)[^1]);
        var currency = marks.Select(Currency).FirstOrDefault(code => code is not null);
        if (second is { } upper)
            return new Salary(Math.Min(first.Value, upper), Math.Max(first.Value, upper), currency, period);
        return true switch
        {
            _ when UpTo().IsMatch(lead) => new Salary(null, first, currency, period),
            _ when From().IsMatch(lead) || tail.StartsWith('+') => new Salary(first, null, currency, period),
            _ => new Salary(first, first, currency, period),
        };
    }

    private const string Mark = @"US\$|CA?\$|AU?\$|NZ\$|HK\$|S\$|R\$|[$€£¥₹]|(?<![\p{L}])(?:USD|EUR|GBP|CHF|JPY|INR|PLN|SEK|NOK|DKK|CAD|AUD|NZD|SGD|HKD|BRL|CZK|HUF|ZAR|ILS|MXN|CNY|zł|kr)(?![\p{L}])";

    private const string Digits = @"\d{1,3}(?:[.,'’\u00A0\u202F ]\d{3})+(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?";

    [GeneratedRegex(
        $@"(?<c1>{Mark})?\s{{0,2}}(?<![\d.,])(?<a>{Digits})(?<ak>\s?k(?![\p{{L}}]))?\s{{0,2}}(?<c2>{Mark})?(?:\s{{0,2}}(?:-|–|—|to|bis|and|/\s?-)\s{{0,2}}(?<c3>{Mark})?\s{{0,2}}(?<b>{Digits})(?<bk>\s?k(?![\p{{L}}]))?\s{{0,2}}(?<c4>{Mark})?)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Amount();

    [GeneratedRegex(
        @"(?<![\p{L}])(?:(?<hour>hours?|hourly|hr|h|stunde|std)|(?<day>days?|daily|tag)|(?<week>weeks?|weekly|wk|woche)|(?<month>months?|monthly|mo|pcm|monat)|(?<year>years?|yearly|yr|annum|annual|annually|p\.?\s?a|jahr|jährlich))(?![\p{L}])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PeriodWord();

    [GeneratedRegex(@"(?<![\p{L}])(?:up to|maximum(?: of)?|max\.?|bis zu|bis)[:\s]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UpTo();

    [GeneratedRegex(@"(?<![\p{L}])(?:from|starting at|at least|minimum(?: of)?|min\.?|ab|mindestens)[:\s]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex From();

    [GeneratedRegex(@"[\n;!?]|\.\s")]
    private static partial Regex EndOfClause();
}
