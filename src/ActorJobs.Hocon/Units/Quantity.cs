using System.Globalization;

namespace ActorJobs.Hocon.Units;

/// <summary>A number with an optional unit of letters, as the specification's "Units format" has it.</summary>
internal readonly record struct Quantity(decimal Number, string Unit)
{
    public static bool TryParse(string? text, out Quantity quantity)
    {
        quantity = default;
        var trimmed = text.AsSpan().Trim();
        var unit = UnitOf(trimmed);
        var number = trimmed[..^unit.Length].TrimEnd();
        if (!StartsLikeANumber(number) || !decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return false;
        quantity = new(value, unit.ToString());
        return true;
    }

    private static ReadOnlySpan<char> UnitOf(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && char.IsLetter(text[start - 1]))
            start--;
        return text[start..];
    }

    private static bool StartsLikeANumber(ReadOnlySpan<char> number) => !number.IsEmpty && (number[0] == '-' || char.IsAsciiDigit(number[0]));
}
