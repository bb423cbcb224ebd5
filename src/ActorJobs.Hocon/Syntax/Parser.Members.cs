namespace ActorJobs.Hocon.Syntax;

internal sealed partial class Parser
{
    /// <summary>A field, or an include in the place of one. Quoted, or later in a key, <c>include</c> is an ordinary word.</summary>
    private MemberSyntax ParseMember() => _current is { Kind: TokenKind.Text, Text: "include" } ? ParseInclude() : ParseField();

    private MemberSyntax ParseField()
    {
        var start = _current.Position;
        var path = ParsePath("a key");
        SkipBlank();
        switch (_current.Kind)
        {
            case TokenKind.OpenBrace:
                return new FieldSyntax(path, ParseValue(), start);
            case TokenKind.Colon or TokenKind.Equals:
                return new FieldSyntax(path, ParseValueAfterSeparator(), start);
            case TokenKind.PlusEquals:
                return new AppendSyntax(path, ParseValueAfterSeparator(), start);
            default:
                throw Unexpected("':', '=', '+=' or '{' after the key");
        }
    }

    private ValueSyntax ParseValueAfterSeparator()
    {
        Advance();
        SkipBlank();
        return ParseValue();
    }

    /// <summary>A key, or what stands between the braces of a substitution.</summary>
    private HoconPath ParsePath(string description)
    {
        if (_current.Kind is not (TokenKind.Text or TokenKind.Quoted))
            throw Unexpected(description);
        var path = new PathExpression(_current.Position);
        var space = "";
        for (; _current.Kind is TokenKind.Text or TokenKind.Quoted or TokenKind.Whitespace; Advance())
        {
            if (_current.Kind == TokenKind.Whitespace)
            {
                space = _current.Text;
                continue;
            }

            // Whitespace counts only between two parts, so that it is added when the second one has come.
            path.AddText(space);
            space = "";
            if (_current.Kind == TokenKind.Quoted)
                path.AddQuoted(_current.Text);
            else
                path.AddText(_current.Text);
        }

        return path.ToPath();
    }
}
