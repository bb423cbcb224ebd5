using System.Globalization;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>Reads numbers whichever way they are grouped.</summary>
internal static class AmountText
{
    /// <summary>
    /// A separator followed by exactly three digits groups thousands, unless another kind of separator comes after it; anything else is the decimal point.
    /// </summary>
    public static decimal? Number(string text)
    {
        var compact = string.Concat(text.Where(c => c is not (' ' or '\u00A0' or '\u202F' or '\'' or '’')));
        // no amount is below zero; without its sign it would be another amount
        if (compact.StartsWith('-') || compact.StartsWith('−'))
            return null;
        var last = compact.LastIndexOfAny(['.', ',']);
        if (last >= 0)
        {
            var separator = compact[last];
            var groups = compact.Length - last - 1 == 3 && !HasOther(compact, separator);
            compact = groups
                ? compact.Replace(separator.ToString(), "", StringComparison.Ordinal)
                : string.Concat(compact[..last].Where(char.IsAsciiDigit)) + "." + compact[(last + 1)..];
        }

        return decimal.TryParse(compact, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static bool HasOther(string text, char separator) => text.Contains(separator == '.' ? ',' : '.', StringComparison.Ordinal);
}
