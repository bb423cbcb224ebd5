using System.Globalization;
using System.Text;

namespace ActorJobs.Hocon.Syntax;

internal sealed partial class Tokenizer
{
    /// <summary>A JSON string: escapes are undone, control characters are refused.</summary>
    private Token TakeQuoted()
    {
        var start = Position;
        var content = new StringBuilder();
        for (_offset++; Current != '"'; _offset++)
        {
            if (_offset >= text.Length)
                throw new HoconException("the string that begins here is not closed", start);
            if (Current < ' ')
                throw new HoconException($"a quoted string may not hold the control character U+{(int)Current:X4}; escape it or use triple quotes", Position);
            content.Append(Current == '\\' ? Unescape() : Current);
        }

        _offset++;
        return new(TokenKind.Quoted, content.ToString(), start);
    }

    /// <summary>Undoes one escape and stays on its last character.</summary>
    private char Unescape()
    {
        var start = Position;
        _offset++;
        return Current switch
        {
            '"' or '\\' or '/' => Current,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => UnescapeCodeUnit(start),
            _ => throw new HoconException("an escape is one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX", start),
        };
    }

    private char UnescapeCodeUnit(HoconPosition start)
    {
        var digits = text.AsSpan(Math.Min(_offset + 1, text.Length));
        if (digits.Length < 4 || !ushort.TryParse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            throw new HoconException("\\u takes four hexadecimal digits", start);
        _offset += 4;
        return (char)unit;
    }

    /// <summary>Everything up to the last three of the closing quotes, as it stands; quotes before those belong to the string.</summary>
    private Token TakeTripleQuoted()
    {
        const string quotes = "\"\"\"";
        var start = Position;
        var first = _offset + quotes.Length;
        var close = text.IndexOf(quotes, first, StringComparison.Ordinal);
        if (close < 0)
            throw new HoconException("the triple-quoted string that begins here is not closed", start);
        while (close + quotes.Length < text.Length && text[close + quotes.Length] == '"')
            close++;
        var token = new Token(TokenKind.Quoted, text[first..close], start);
        while (_offset < close + quotes.Length)
        {
            if (text[_offset++] == '\n')
                StartLine();
        }

        return token;
    }
}
