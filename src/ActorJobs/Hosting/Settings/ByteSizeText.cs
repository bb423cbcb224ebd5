using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorJobs.Hosting.Settings;

/// <summary>
/// Sizes as configuration writes them, from whichever source: a number of bytes, or one with a unit. As in HOCON, a single letter and <c>KiB</c> are powers
/// of two, <c>kB</c> and <c>MB</c> are powers of ten.
/// </summary>
internal static partial class ByteSizeText
{
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        if (Quantity().Match(text.Trim()) is not { Success: true } match || Bytes(match.Groups["unit"].Value) is not { } unit)
            return false;
        var size = decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * unit;
        if (size > long.MaxValue)
            return false;
        bytes = (long)size;
        return true;
    }

    private static long? Bytes(string unit) => unit switch
    {
        "" or "B" or "b" or "byte" or "bytes" => 1,
        "k" or "K" or "Ki" or "KiB" => 1L << 10,
        "m" or "M" or "Mi" or "MiB" => 1L << 20,
        "g" or "G" or "Gi" or "GiB" => 1L << 30,
        "t" or "T" or "Ti" or "TiB" => 1L << 40,
        "kB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "TB" => 1_000_000_000_000,
        _ => null,
    };

    [GeneratedRegex(@"^(?<number>[0-9]{1,15}(\.[0-9]{1,9})?)\s*(?<unit>[A-Za-z]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Quantity();
}
