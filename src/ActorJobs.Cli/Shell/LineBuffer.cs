namespace ActorJobs.Cli;

/// <summary>A line while it is typed: text and cursor. Knows nothing of keys and screens.</summary>
internal sealed class LineBuffer
{
    /// <summary>Longer lines are pasted by mistake.</summary>
    public const int MaxLength = 100_000;

    public string Text { get; private set; } = "";

    /// <summary>Between 0 and the length of <see cref="Text"/>.</summary>
    public int Cursor { get; private set; }

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text)
    {
        if (Text.Length + text.Length <= MaxLength)
            (Text, Cursor) = (Text.Insert(Cursor, text), Cursor + text.Length);
    }

    public void Left() => Cursor = Math.Max(0, Cursor - 1);

    public void Right() => Cursor = Math.Min(Text.Length, Cursor + 1);

    public void Home() => Cursor = 0;

    public void End() => Cursor = Text.Length;

    public void WordLeft() => Cursor = WordStart();

    public void WordRight()
    {
        while (Cursor < Text.Length && char.IsWhiteSpace(Text[Cursor]))
            Cursor++;
        while (Cursor < Text.Length && !char.IsWhiteSpace(Text[Cursor]))
            Cursor++;
    }

    public void Backspace()
    {
        if (Cursor > 0)
            (Text, Cursor) = (Text.Remove(Cursor - 1, 1), Cursor - 1);
    }

    public void Delete()
    {
        if (Cursor < Text.Length)
            Text = Text.Remove(Cursor, 1);
    }

    public void DeleteWordLeft()
    {
        var start = WordStart();
        (Text, Cursor) = (Text.Remove(start, Cursor - start), start);
    }

    public void DeleteToStart() => (Text, Cursor) = (Text[Cursor..], 0);

    public void DeleteToEnd() => Text = Text[..Cursor];

    /// <summary>Puts another word in the place of the one that ends at the cursor.</summary>
    public void ReplaceWord(int start, string word) => (Text, Cursor) = (string.Concat(Text.AsSpan(0, start), word, Text.AsSpan(Cursor)), start + word.Length);

    private int WordStart()
    {
        var at = Cursor;
        while (at > 0 && char.IsWhiteSpace(Text[at - 1]))
            at--;
        while (at > 0 && !char.IsWhiteSpace(Text[at - 1]))
            at--;
        return at;
    }
}
