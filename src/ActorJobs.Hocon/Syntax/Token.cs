namespace ActorJobs.Hocon.Syntax;

internal enum TokenKind
{
    End,
    Newline,

    /// <summary>A run of whitespace without a newline; kept, because between simple values it is part of the string.</summary>
    Whitespace,

    /// <summary>Unquoted text: a word, a number, <c>true</c>, <c>null</c>.</summary>
    Text,

    /// <summary>A quoted or triple-quoted string, unescaped.</summary>
    Quoted,

    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Comma,
    Colon,
    Equals,
    PlusEquals,

    /// <summary><c>${</c></summary>
    OpenSubstitution,

    /// <summary><c>${?</c></summary>
    OpenOptionalSubstitution,
}

internal readonly record struct Token(TokenKind Kind, string Text, HoconPosition Position)
{
    /// <summary>How an error message names it.</summary>
    public string Description => Kind switch
    {
        TokenKind.End => "the end of the file",
        TokenKind.Newline => "the end of the line",
        TokenKind.Whitespace => "whitespace",
        TokenKind.Quoted => $"the string \"{Excerpt}\"",
        _ => $"'{Excerpt}'",
    };

    private string Excerpt => Text.Length <= 40 ? Text : Text[..40] + "…";
}
