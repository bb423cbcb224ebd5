using ActorJobs.Hocon.Units;

namespace ActorJobs.Hocon;

/// <summary>
/// Sizes in bytes: <c>512K</c>, <c>10 MiB</c>, <c>1.5GB</c>. A single letter is a power of two, <c>kB</c> and <c>MB</c> are powers of ten.
/// Source: HOCON specification, "Size in bytes format".
/// </summary>
public static class HoconSize
{
    private const string Prefixes = "KMGTPEZY";

    private static readonly string[] DecimalNames = ["kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte", "exabyte", "zettabyte", "yottabyte"];

    private static readonly string[] BinaryNames = ["kibibyte", "mebibyte", "gibibyte", "tebibyte", "pebibyte", "exbibyte", "zebibyte", "yobibyte"];

    private static readonly Dictionary<string, decimal> Units = BuildUnits();

    /// <summary>Reads a size; a number without a unit is in bytes, and a fraction of a byte is cut off.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">The size in bytes.</param>
    /// <returns>Whether <paramref name="text"/> is a size, not negative, that 64 bits can hold.</returns>
    public static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        if (!Quantity.TryParse(text, out var quantity) || quantity.Number < 0 || !Units.TryGetValue(quantity.Unit, out var unit))
            return false;
        // Divided, because the product of a large number and a large unit would not fit the arithmetic either.
        if (quantity.Number > long.MaxValue / unit)
            return false;
        bytes = (long)(quantity.Number * unit);
        return true;
    }

    private static Dictionary<string, decimal> BuildUnits()
    {
        var units = new Dictionary<string, decimal>(StringComparer.Ordinal) { [""] = 1, ["B"] = 1, ["b"] = 1, ["byte"] = 1, ["bytes"] = 1 };
        decimal thousands = 1, kibis = 1;
        for (var power = 0; power < Prefixes.Length; power++)
        {
            thousands *= 1000;
            kibis *= 1024;
            var letter = Prefixes[power];
            // The specification spells it kB, with a small k, and all others with a capital.
            units[(power == 0 ? 'k' : letter) + "B"] = thousands;
            units[DecimalNames[power]] = units[DecimalNames[power] + "s"] = thousands;
            units[letter.ToString()] = units[char.ToLowerInvariant(letter).ToString()] = kibis;
            units[letter + "i"] = units[letter + "iB"] = kibis;
            units[BinaryNames[power]] = units[BinaryNames[power] + "s"] = kibis;
        }

        return units;
    }
}
