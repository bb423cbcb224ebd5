namespace ActorJobs.Hocon.Syntax;

/// <summary>The number grammar of JSON (RFC 8259, section 6), without computing the number: text is kept as it was written.</summary>
internal static class JsonNumber
{
    public static bool Matches(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("-"))
            text = text[1..];
        var whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
            return false;
        text = text[whole..];
        return SkipFraction(ref text) && SkipExponent(ref text) && text.IsEmpty;
    }

    private static bool SkipFraction(ref ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("."))
            return true;
        var digits = Digits(text[1..]);
        text = text[(1 + digits)..];
        return digits > 0;
    }

    private static bool SkipExponent(ref ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('e' or 'E'))
            return true;
        text = text[1..];
        if (!text.IsEmpty && text[0] is ('+' or '-'))
            text = text[1..];
        var digits = Digits(text);
        text = text[digits..];
        return digits > 0;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = text.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? text.Length : count;
    }
}
