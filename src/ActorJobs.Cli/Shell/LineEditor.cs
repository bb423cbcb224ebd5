namespace ActorJobs.Cli;

/// <summary>What a key press led to.</summary>
internal enum LineResult
{
    /// <summary>The line goes on.</summary>
    Editing,

    /// <summary>The line is to be run.</summary>
    Accepted,

    /// <summary>The line was given up.</summary>
    Cancelled,

    /// <summary>There will be no further line.</summary>
    Ended,
}

/// <summary>Keys to changes of a line, with the bindings people know from readline. Draws nothing.</summary>
/// <param name="history">Former lines.</param>
/// <param name="complete">Words that could stand where the cursor is.</param>
internal sealed class LineEditor(History history, Func<string, IReadOnlyList<string>> complete)
{
    public LineBuffer Line { get; } = new();

    /// <summary>Words to show below the line, after Tab found several.</summary>
    public IReadOnlyList<string> Choices { get; private set; } = [];

    public LineResult Press(ConsoleKeyInfo key)
    {
        Choices = [];
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                return LineResult.Accepted;
            case ConsoleKey.C when control:
                return LineResult.Cancelled;
            case ConsoleKey.D when control && Line.Text.Length == 0:
                return LineResult.Ended;
            case ConsoleKey.Tab:
                Complete();
                break;
            default:
                if (!Move(key.Key, control) && !Erase(key.Key, control) && !control && !char.IsControl(key.KeyChar))
                    Line.Insert(key.KeyChar.ToString());
                break;
        }

        return LineResult.Editing;
    }

    private bool Move(ConsoleKey key, bool control)
    {
        switch (key)
        {
            case ConsoleKey.LeftArrow when control:
                Line.WordLeft();
                break;
            case ConsoleKey.RightArrow when control:
                Line.WordRight();
                break;
            case ConsoleKey.LeftArrow:
            case ConsoleKey.B when control:
                Line.Left();
                break;
            case ConsoleKey.RightArrow:
            case ConsoleKey.F when control:
                Line.Right();
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when control:
                Line.Home();
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when control:
                Line.End();
                break;
            case ConsoleKey.UpArrow:
            case ConsoleKey.P when control:
                Recall(history.Older(Line.Text));
                break;
            case ConsoleKey.DownArrow:
            case ConsoleKey.N when control:
                Recall(history.Newer());
                break;
            default:
                return false;
        }

        return true;
    }

    private bool Erase(ConsoleKey key, bool control)
    {
        switch (key)
        {
            case ConsoleKey.W when control:
            case ConsoleKey.Backspace when control:
                Line.DeleteWordLeft();
                break;
            case ConsoleKey.Backspace:
            case ConsoleKey.H when control:
                Line.Backspace();
                break;
            case ConsoleKey.Delete:
            case ConsoleKey.D when control:
                Line.Delete();
                break;
            case ConsoleKey.U when control:
                Line.DeleteToStart();
                break;
            case ConsoleKey.K when control:
                Line.DeleteToEnd();
                break;
            default:
                return false;
        }

        return true;
    }

    private void Recall(string? line)
    {
        if (line is not null)
            Line.Set(line);
    }

    // the one word there is, or as much as all have in common, or else all of them to choose from
    private void Complete()
    {
        var before = Line.Text[..Line.Cursor];
        var start = before.LastIndexOf(' ') + 1;
        var typed = before[start..];
        var found = complete(before);
        if (found is [var only])
        {
            Line.ReplaceWord(start, CommandWords.Quote(only) + " ");
            return;
        }

        var common = CommonStart(found);
        if (common.Length > typed.Length)
            Line.ReplaceWord(start, common);
        else
            Choices = found;
    }

    private static string CommonStart(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return "";
        var length = words.Min(word => word.Length);
        var same = 0;
        while (same < length && words.All(word => word[same] == words[0][same]))
            same++;
        return words[0][..same];
    }
}
