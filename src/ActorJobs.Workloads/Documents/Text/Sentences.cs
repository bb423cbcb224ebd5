using System.Buffers;

namespace ActorJobs.Workloads.Documents;

/// <summary>Splits text at the ends of sentences, at blank lines and around Markdown headings and list items.</summary>
internal static class Sentences
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?\n");
    private static readonly string[] Abbreviations = ["e.g", "i.e", "etc", "cf", "vs", "approx", "no", "fig"];

    /// <summary>The ranges of the sentences, one behind the other from the first character to the last; spaces belong to the sentence before.</summary>
    public static List<Range> Split(ReadOnlySpan<char> text)
    {
        var ranges = new List<Range>();
        var start = 0;
        while (start < text.Length)
        {
            var end = NextEnd(text, start);
            ranges.Add(start..end);
            start = end;
        }

        return ranges;
    }

    private static int NextEnd(ReadOnlySpan<char> text, int start)
    {
        var position = start;
        while (text[position..].IndexOfAny(Ends) is var offset and >= 0)
        {
            position += offset + 1;
            if (IsEnd(text, start, position))
                return SkipSpaces(text, position);
        }

        return text.Length;
    }

    /// <summary>Whether a sentence ends between the end character before <paramref name="next"/> and the character there.</summary>
    private static bool IsEnd(ReadOnlySpan<char> text, int start, int next)
    {
        if (next >= text.Length)
            return true;
        if (text[next - 1] == '\n')
            return StartsBlock(text[next..]) || IsHeading(text[start..next]);
        // 3.14, System.String, "e.g. this": a dot inside a word or behind an abbreviation ends nothing
        if (!char.IsWhiteSpace(text[next]) && text[next] is not ('"' or ')' or '\''))
            return false;
        return text[next - 1] != '.' || !EndsInAbbreviation(text[start..(next - 1)]);
    }

    private static bool StartsBlock(ReadOnlySpan<char> rest) =>
        rest.TrimStart(" \t\r") is [] or ['\n', ..] or ['#', ..] or ['-' or '*' or '+', ' ', ..] or ['`', '`', '`', ..];

    private static bool IsHeading(ReadOnlySpan<char> line) => line.TrimStart() is ['#', ..];

    private static bool EndsInAbbreviation(ReadOnlySpan<char> sentence)
    {
        foreach (var abbreviation in Abbreviations)
        {
            if (sentence.EndsWith(abbreviation, StringComparison.OrdinalIgnoreCase)
                && (sentence.Length == abbreviation.Length || !char.IsLetterOrDigit(sentence[^(abbreviation.Length + 1)])))
                return true;
        }

        return false;
    }

    private static int SkipSpaces(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && (char.IsWhiteSpace(text[position]) || text[position] is '"' or ')' or '\''))
            position++;
        return position;
    }
}
