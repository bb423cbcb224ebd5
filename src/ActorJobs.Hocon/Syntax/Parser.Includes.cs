using System.Text;

namespace ActorJobs.Hocon.Syntax;

internal sealed partial class Parser
{
    /// <summary>
    /// <c>include "name"</c>, the name perhaps in <c>file()</c>, and that perhaps in <c>required()</c>. No concatenation and no substitution here.
    /// </summary>
    private IncludeSyntax ParseInclude()
    {
        var start = Advance().Position;
        SkipBlank();
        var opening = ParseParentheses(int.MaxValue);
        if (_current.Kind != TokenKind.Quoted)
            throw Unexpected("a quoted name after 'include'");
        var name = Advance();
        var expected = opening.Count(character => character == '(');
        if (ParseParentheses(expected) != new string(')', expected))
            throw new HoconException("the parentheses of this include are not balanced", start);

        var isRequired = opening.StartsWith("required(", StringComparison.Ordinal);
        var inner = isRequired ? opening["required(".Length..] : opening;
        return inner switch
        {
            "" when IsUrl(name.Text) => throw Refused("a URL", start),
            "" or "file(" => new(name.Text, isRequired, start),
            "url(" => throw Refused("url()", start),
            "classpath(" => throw new HoconException("classpath() is refused: there is no class path here; name a file", start),
            _ => throw new HoconException($"'{opening}' is no form of include; use \"…\", file(\"…\") or required(…)", start),
        };
    }

    /// <summary>
    /// What stands before or after the quoted name, without the whitespace that is allowed within the parentheses. No more than
    /// <paramref name="length"/>: whitespace after the last parenthesis may be a new line, which divides members and is not the include's to skip.
    /// </summary>
    private string ParseParentheses(int length)
    {
        var text = new StringBuilder();
        for (; text.Length < length && _current.Kind is TokenKind.Text or TokenKind.Whitespace or TokenKind.Newline; Advance())
        {
            if (_current.Kind == TokenKind.Text)
                text.Append(_current.Text);
        }

        return text.ToString();
    }

    private static bool IsUrl(string name) => name.Contains("://", StringComparison.Ordinal);

    private static HoconException Refused(string what, HoconPosition position) =>
        new($"including {what} is refused: what a node is configured to do must not depend on the network or on what somebody else serves", position);
}
