namespace ActorJobs.Cli;

/// <summary>Reads lines from a terminal: keys in, the line as it is now out.</summary>
internal sealed class LineScreen(TextWriter output, Func<int> width, Func<ConsoleKeyInfo> readKey)
{
    private const string ClearLine = "\r\u001b[K";

    /// <summary>A line, an empty one when it was given up, or null when there will be no further one.</summary>
    public string? Read(string prompt, LineEditor editor)
    {
        editor.Line.Set("");
        while (true)
        {
            Draw(prompt, editor.Line);
            switch (editor.Press(readKey()))
            {
                case LineResult.Accepted:
                    output.WriteLine();
                    return editor.Line.Text;
                case LineResult.Cancelled:
                    output.WriteLine("^C");
                    return "";
                case LineResult.Ended:
                    output.WriteLine();
                    return null;
                default:
                    ShowChoices(editor.Choices);
                    break;
            }
        }
    }

    // a line longer than the terminal is wide moves sideways: wrapping would have to know how the terminal wraps
    private void Draw(string prompt, LineBuffer line)
    {
        var room = Math.Max(10, width() - prompt.Length - 1);
        var first = Math.Max(0, line.Cursor - room + 1);
        var shown = line.Text.AsSpan(first, Math.Min(room, line.Text.Length - first));
        var back = shown.Length - (line.Cursor - first);
        output.Write($"{ClearLine}{prompt}{shown}");
        if (back > 0)
            output.Write($"\u001b[{back}D");
        output.Flush();
    }

    private void ShowChoices(IReadOnlyList<string> choices)
    {
        if (choices.Count == 0)
            return;
        var column = choices.Max(choice => choice.Length) + 2;
        var columns = Math.Max(1, width() / column);
        output.WriteLine();
        foreach (var row in choices.Take(200).Chunk(columns))
            output.WriteLine(string.Concat(row.Select(choice => choice.PadRight(column))).TrimEnd());
        if (choices.Count > 200)
            output.WriteLine($"and {choices.Count - 200} more");
    }
}
