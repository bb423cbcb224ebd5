using System.Text;

namespace ActorJobs.Cli;

/// <summary>
/// A line as words, by the quoting rules of a POSIX shell: single quotes keep all, double quotes keep all but <c>\"</c> and <c>\\</c>, a backslash
/// keeps the next character.
/// </summary>
internal static class CommandWords
{
    /// <summary>Splits a line; a quote without its end is a mistake.</summary>
    public static string[] Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var begun = false;
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (char.IsWhiteSpace(letter))
            {
                End();
                continue;
            }

            begun = true;
            if (letter is '\'' or '"')
                at = Quoted(line, at, word);
            else if (letter == '\\' && at + 1 < line.Length)
                word.Append(line[++at]);
            else
                word.Append(letter);
        }

        End();
        return [.. words];

        void End()
        {
            if (begun)
                words.Add(word.ToString());
            word.Clear();
            begun = false;
        }
    }

    /// <summary>A word as it must be typed so that <see cref="Split"/> gives it back.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && !word.Any(letter => char.IsWhiteSpace(letter) || letter is '\'' or '"' or '\\')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static int Quoted(string line, int start, StringBuilder word)
    {
        var quote = line[start];
        for (var at = start + 1; at < line.Length; at++)
        {
            if (line[at] == quote)
                return at;
            if (quote == '"' && line[at] == '\\' && at + 1 < line.Length && line[at + 1] is ('"' or '\\'))
                at++;
            word.Append(line[at]);
        }

        throw new UsageException($"The quote {quote} has no end.");
    }
}
