using System.Globalization;
using System.Text;

namespace ActorJobs.Cli;

/// <summary>
/// Text from a node as it may be written to a terminal: job arguments, error messages and log lines come from anybody, and control characters in them
/// could move the cursor, rename the window or forge lines.
/// </summary>
internal static class SafeText
{
    /// <summary>One line: line breaks become spaces, other control characters are shown as <c>\u001B</c>.</summary>
    public static string Line(string text) => Clean(text, keepLines: false);

    /// <summary>Several lines: breaks and tabs stay.</summary>
    public static string Block(string text) => Clean(text, keepLines: true);

    private static string Clean(string text, bool keepLines)
    {
        if (!text.Any(IsUnsafe))
            return text;
        var clean = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (!IsUnsafe(letter) || (keepLines && letter is '\n' or '\t'))
                clean.Append(letter);
            else if (letter is '\n' or '\t')
                clean.Append(' ');
            else if (letter != '\r')
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
        }

        return clean.ToString();
    }

    // format characters too: they can turn the direction of the text around (U+202E)
    private static bool IsUnsafe(char letter) => char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format;
}
