namespace ActorJobs.Hocon.Syntax;

internal sealed partial class Parser
{
    private ObjectSyntax ParseObject() => Nested(() =>
    {
        var open = Advance();
        var members = ParseItems(open, TokenKind.CloseBrace, ParseMember);
        Advance();
        return new ObjectSyntax(members, open.Position);
    });

    private ArraySyntax ParseArray() => Nested(() =>
    {
        var open = Advance();
        var elements = ParseItems(open, TokenKind.CloseBracket, ParseValue);
        Advance();
        return new ArraySyntax(elements, open.Position);
    });

    /// <summary>All parts up to the end of the line, a comma or a closing bracket.</summary>
    private ValueSyntax ParseValue()
    {
        var start = _current.Position;
        var parts = new List<ValueSyntax>();
        WhitespaceSyntax? space = null;
        while (true)
        {
            if (_current.Kind == TokenKind.Whitespace)
            {
                space = new(_current.Text, _current.Position);
                Advance();
                continue;
            }

            if (ParsePart() is not { } part)
                break;
            if (space is not null && parts.Count > 0)
                parts.Add(space);
            space = null;
            parts.Add(part);
        }

        return parts.Count == 0 ? throw Unexpected("a value") : Concatenate(parts, start);
    }

    private ValueSyntax? ParsePart() => _current.Kind switch
    {
        TokenKind.Quoted => new ScalarSyntax(_current.Text, Advance().Position),
        TokenKind.Text => new ScalarSyntax(_current.Text == "null" ? null : _current.Text, Advance().Position),
        TokenKind.OpenBrace => ParseObject(),
        TokenKind.OpenBracket => ParseArray(),
        TokenKind.OpenSubstitution or TokenKind.OpenOptionalSubstitution => ParseSubstitution(),
        _ => null,
    };

    private SubstitutionSyntax ParseSubstitution()
    {
        var open = Advance();
        SkipSpace();
        var path = ParsePath("a path");
        if (_current.Kind != TokenKind.CloseBrace)
            throw Unexpected("'}' after the path");
        Advance();
        return new(path, open.Kind == TokenKind.OpenOptionalSubstitution, open.Position);
    }

    private static ValueSyntax Concatenate(List<ValueSyntax> parts, HoconPosition start)
    {
        if (parts.Count == 1)
            return parts[0];
        if (parts.TrueForAll(part => part is ScalarSyntax or WhitespaceSyntax))
            return new ScalarSyntax(string.Concat(parts.Select(TextOf)), start);
        if (parts.Find(part => part is ScalarSyntax) is { } text && parts.Exists(part => part is ObjectSyntax or ArraySyntax))
            throw new HoconException("text cannot be joined with an object or an array", text.Position);
        return new ConcatenationSyntax(parts, start);
    }

    private static string TextOf(ValueSyntax part) => part switch
    {
        ScalarSyntax scalar => scalar.Text ?? "null",
        WhitespaceSyntax space => space.Text,
        _ => "",
    };
}
