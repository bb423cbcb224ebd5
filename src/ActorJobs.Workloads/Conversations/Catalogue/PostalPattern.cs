using System.Globalization;

namespace ActorJobs.Workloads.Conversations;

/// <summary>The form of postal codes, with <c>#</c> for a digit: <c>#####-###</c>. What stands between the digits may be left out by customers.</summary>
internal sealed record PostalPattern(string Pattern)
{
    public int Digits { get; } = Pattern.Count(letter => letter == '#');

    /// <summary>Whether the pattern is one: 4 to 12 digits, and between them spaces, dots or hyphens.</summary>
    public bool IsValid => Digits is >= 4 and <= 12 && Pattern.All(letter => letter is '#' or '-' or ' ' or '.');

    /// <summary>The digits of a code, if the text is one and nothing else.</summary>
    public string? Read(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length == Digits && (text == digits || text == Write(digits)) ? digits : null;
    }

    /// <summary>Digits in the form of the pattern.</summary>
    public string Write(string digits)
    {
        var next = 0;
        return string.Concat(Pattern.Select(letter => letter == '#' ? digits[next++] : letter));
    }

    /// <summary>A code's digits as a number, for ranges.</summary>
    public static long NumberOf(string digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
