using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Conversations;

/// <summary>A word, a numeral or a break in a folded text.</summary>
internal readonly partial record struct Token(string Text, TokenKind Kind)
{
    /// <summary>The tokens of a folded text. Letters behind digits stand apart: <c>10x</c>, <c>50kg</c>.</summary>
    public static List<Token> Of(string folded)
    {
        var tokens = new List<Token>();
        foreach (Match match in Pattern().Matches(folded))
        {
            var text = match.Value;
            tokens.Add(new(text, char.IsAsciiDigit(text[0]) ? TokenKind.Numeral : char.IsLetter(text[0]) ? TokenKind.Word : TokenKind.Break));
        }

        return tokens;
    }

    /// <summary>
    /// The number a numeral means. A separator before exactly three digits groups thousands if it is the language's: <c>1.000</c> is a thousand in
    /// Portuguese and one in English. Null for what is written as a number and is none that people order by: <c>1e9</c>, <c>10^6</c>, ten digits and more.
    /// </summary>
    public decimal? Number(Language language)
    {
        if (Text.AsSpan().ContainsAny('e', '^'))
            return null;
        var group = language == Language.En ? ',' : '.';
        var last = Text.LastIndexOfAny(['.', ',']);
        var isDecimal = last > 0 && (Text.Length - last - 1 != 3 || Text[last] != group) && Text.IndexOf(Text[last], StringComparison.Ordinal) == last;
        var digits = isDecimal
            ? $"{string.Concat(Text[..last].Where(char.IsAsciiDigit))}.{Text[(last + 1)..]}"
            : string.Concat(Text.Where(char.IsAsciiDigit));
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1_000_000_000m ? number : null;
    }

    // a numeral is taken whole, powers included: a part of it would be another quantity
    [GeneratedRegex(@"\d+(?:[.,]\d+)*(?:(?:e[+-]?|\^)\d+)?|x(?=\d)|\p{L}[\p{L}\d]*|[,;\n\r&+/]", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

/// <summary>The sorts of tokens.</summary>
internal enum TokenKind
{
    Word,
    Numeral,
    Break,
}
