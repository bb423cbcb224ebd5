namespace ActorJobs.Hocon.Syntax;

/// <summary>Cuts the text of a file into tokens, one at a time. Comments leave none.</summary>
internal sealed partial class Tokenizer(string text, string file)
{
    private int _offset;
    private int _line = 1;
    private int _lineStart;

    private HoconPosition Position => new(file, _line, _offset - _lineStart + 1);

    private char Current => Peek(0);

    public Token Next()
    {
        SkipComment();
        if (_offset >= text.Length)
            return new(TokenKind.End, "", Position);
        return Current switch
        {
            '\n' => Take(TokenKind.Newline, 1),
            '{' => Take(TokenKind.OpenBrace, 1),
            '}' => Take(TokenKind.CloseBrace, 1),
            '[' => Take(TokenKind.OpenBracket, 1),
            ']' => Take(TokenKind.CloseBracket, 1),
            ',' => Take(TokenKind.Comma, 1),
            ':' => Take(TokenKind.Colon, 1),
            '=' => Take(TokenKind.Equals, 1),
            '+' when Peek(1) == '=' => Take(TokenKind.PlusEquals, 2),
            '$' when Peek(1) == '{' => Peek(2) == '?' ? Take(TokenKind.OpenOptionalSubstitution, 3) : Take(TokenKind.OpenSubstitution, 2),
            '"' => Peek(1) == '"' && Peek(2) == '"' ? TakeTripleQuoted() : TakeQuoted(),
            var character when Characters.IsSpace(character) => Take(TokenKind.Whitespace, CountWhile(Characters.IsSpace)),
            var character when Characters.IsUnquoted(character) => TakeText(),
            var character => throw new HoconException($"'{character}' is reserved; put it in quotes", Position),
        };
    }

    private bool AtComment(int ahead) => Peek(ahead) == '/' && Peek(ahead + 1) == '/';

    private void SkipComment()
    {
        if (Current == '#' || AtComment(0))
            _offset += CountWhile(character => character != '\n');
    }

    /// <summary>A run of unquoted text. Only a number at its start may hold a plus sign.</summary>
    private Token TakeText()
    {
        var length = char.IsAsciiDigit(Current) || Current == '-' ? NumberLength() : 0;
        while (_offset + length < text.Length && Characters.IsUnquoted(Peek(length)) && !AtComment(length))
            length++;
        return Take(TokenKind.Text, length);
    }

    private int NumberLength()
    {
        var length = 0;
        while (Characters.IsNumeric(Peek(length)) && !(Peek(length) == '+' && Peek(length + 1) == '='))
            length++;
        var candidate = text.AsSpan(_offset, length);
        if (JsonNumber.Matches(candidate))
            return length;
        return candidate.Contains('+') ? throw new HoconException("'+' is reserved outside a number; put it in quotes", Position) : 0;
    }

    private Token Take(TokenKind kind, int length)
    {
        var token = new Token(kind, text.Substring(_offset, length), Position);
        _offset += length;
        if (kind == TokenKind.Newline)
            StartLine();
        return token;
    }

    private void StartLine()
    {
        _line++;
        _lineStart = _offset;
    }

    private int CountWhile(Func<char, bool> predicate)
    {
        var count = 0;
        while (_offset + count < text.Length && predicate(text[_offset + count]))
            count++;
        return count;
    }

    /// <summary>The character some places on, or NUL beyond the end. NUL in the text is unquoted text and is never mistaken for the end.</summary>
    private char Peek(int ahead) => _offset + ahead < text.Length ? text[_offset + ahead] : '\0';
}
