using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Words that could stand at the end of a line.</summary>
internal static class Completions
{
    private const int Max = 500;

    /// <param name="app">The command line.</param>
    /// <param name="palettes">What can be typed.</param>
    /// <param name="line">The line up to the cursor, without the program's name.</param>
    /// <param name="globalWords">Options that go with every line: which node is asked for names.</param>
    public static IReadOnlyList<string> Of(CommandLineApp app, IReadOnlyList<Palette> palettes, string line, IReadOnlyList<string> globalWords)
    {
        var typed = line[(line.LastIndexOf(' ') + 1)..];
        var given = string.Concat(globalWords.Select(word => CommandWords.Quote(word).Replace('\'', '"') + " "));
        var text = given + line;
        // by position: a space at the end of the line begins a new word
        return
        [
            .. CommandTree.Root(app, palettes).Parse(text, CommandLineApp.Parsing).GetCompletions(text.Length).Select(item => item.Label)
                .Where(label => label.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Where(label => typed.StartsWith('-') || !label.StartsWith('-'))
                .Where(label => !label.StartsWith('/') && label is not ("-?" or "-h")).Distinct().Order(StringComparer.Ordinal).Take(Max),
        ];
    }
}
