using System.Globalization;

namespace ActorJobs.Hocon.Syntax;

/// <summary>The character classes of the specification ("Whitespace", "Unquoted strings").</summary>
internal static class Characters
{
    private const string Forbidden = "$\"{}[]:=,+#`^?!@*&\\";

    /// <summary>Whitespace other than newline: Unicode separators, the byte order mark, and the control characters the specification lists.</summary>
    public static bool IsSpace(char character) => character switch
    {
        ' ' or '\t' or '\r' or '\v' or '\f' or '\uFEFF' => true,
        >= '\u001C' and <= '\u001F' => true,
        < '\u0080' => false,
        _ => char.GetUnicodeCategory(character)
            is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    /// <summary>Whether an unquoted string may hold the character. That <c>//</c> ends one as well is the tokenizer's to see.</summary>
    public static bool IsUnquoted(char character) =>
        character != '\n' && !Forbidden.Contains(character, StringComparison.Ordinal) && !IsSpace(character);

    /// <summary>Whether a JSON number may hold the character.</summary>
    public static bool IsNumeric(char character) => char.IsAsciiDigit(character) || character is '-' or '+' or '.' or 'e' or 'E';
}
