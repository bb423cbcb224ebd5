namespace ActorJobs.Hocon.Syntax;

/// <summary>
/// Parses one file into a syntax tree: recursive descent with one token of look-ahead. Pure; what a file includes is only named.
/// Source: HOCON specification, section "Syntax".
/// </summary>
internal sealed partial class Parser
{
    private readonly Tokenizer _tokenizer;
    private Token _current;
    private int _depth;

    private Parser(string text, string file)
    {
        _tokenizer = new(text, file);
        _current = _tokenizer.Next();
    }

    /// <summary>Parses a file: an object, with or without its braces, or an array.</summary>
    public static ValueSyntax Parse(string text, string file)
    {
        var parser = new Parser(text, file);
        parser.SkipBlank();
        ValueSyntax root = parser._current.Kind switch
        {
            TokenKind.OpenBrace => parser.ParseObject(),
            TokenKind.OpenBracket => parser.ParseArray(),
            _ => parser.ParseBareObject(),
        };
        parser.SkipBlank();
        return parser._current.Kind == TokenKind.End ? root : throw parser.Unexpected("the end of the file");
    }

    private ObjectSyntax ParseBareObject()
    {
        var start = _current;
        return new(ParseItems(start, TokenKind.End, ParseMember), start.Position);
    }

    /// <summary>Members or elements up to the closing token, with a comma or a newline between any two and perhaps one comma at the end.</summary>
    private List<T> ParseItems<T>(Token open, TokenKind close, Func<T> parseItem)
    {
        var items = new List<T>();
        SkipBlank();
        while (_current.Kind != close)
        {
            if (_current.Kind == TokenKind.End)
                throw new HoconException($"the {open.Description} that stands here is not closed", open.Position);
            items.Add(parseItem());
            if (!SkipDivider() && _current.Kind != close && _current.Kind != TokenKind.End)
                throw Unexpected("a comma or a new line");
        }

        return items;
    }

    /// <summary>Skips new lines with at most one comma among them; false when there was neither.</summary>
    private bool SkipDivider()
    {
        var newline = SkipBlank();
        if (_current.Kind != TokenKind.Comma)
            return newline;
        Advance();
        SkipBlank();
        return true;
    }

    private T Nested<T>(Func<T> parse)
    {
        if (++_depth > HoconLimits.Depth)
            throw new HoconException($"objects and arrays are nested more than {HoconLimits.Depth} deep", _current.Position);
        var result = parse();
        _depth--;
        return result;
    }

    /// <summary>Skips whitespace and newlines, and tells whether there was a newline.</summary>
    private bool SkipBlank()
    {
        var newline = false;
        for (; _current.Kind is TokenKind.Whitespace or TokenKind.Newline; Advance())
            newline |= _current.Kind == TokenKind.Newline;
        return newline;
    }

    private void SkipSpace()
    {
        while (_current.Kind == TokenKind.Whitespace)
            Advance();
    }

    private Token Advance()
    {
        var token = _current;
        _current = _tokenizer.Next();
        return token;
    }

    private HoconException Unexpected(string expected) => new($"expected {expected}, found {_current.Description}", _current.Position);
}
