namespace ActorJobs.Cli.Tests.Shell;

/// <summary>Keys to lines.</summary>
public sealed class LineEditorTests
{
    private static readonly string[] Words = ["queue", "quit", "job"];

    private readonly LineEditor editor = new(new History(null), line => [.. Words.Where(word => word.StartsWith(line[(line.LastIndexOf(' ') + 1)..], StringComparison.Ordinal))]);

    [Fact]
    public void Text_is_typed_moved_in_and_erased_as_readline_does()
    {
        Type("job lst");
        Press(ConsoleKey.LeftArrow, ConsoleKey.LeftArrow);
        Type("i");
        Assert.Equal(("job list", 6), (editor.Line.Text, editor.Line.Cursor));
        Control(ConsoleKey.A);
        Press(ConsoleKey.Delete);
        Assert.Equal("ob list", editor.Line.Text);
        Control(ConsoleKey.E);
        Control(ConsoleKey.W);
        Assert.Equal("ob ", editor.Line.Text);
        Press(ConsoleKey.Backspace);
        Control(ConsoleKey.U);
        Assert.Equal("", editor.Line.Text);
    }

    [Fact]
    public void Moving_and_erasing_stop_at_the_ends()
    {
        Press(ConsoleKey.Backspace, ConsoleKey.Delete, ConsoleKey.LeftArrow, ConsoleKey.RightArrow, ConsoleKey.UpArrow, ConsoleKey.DownArrow);
        Control(ConsoleKey.W);
        Control(ConsoleKey.K);

        Assert.Equal(("", 0), (editor.Line.Text, editor.Line.Cursor));
    }

    [Fact]
    public void Tab_completes_what_is_certain_and_shows_the_choice_where_it_is_not()
    {
        Type("q");
        Press(ConsoleKey.Tab);
        Assert.Equal(("qu", 0), (editor.Line.Text, editor.Choices.Count));
        Press(ConsoleKey.Tab);
        Assert.Equal(["queue", "quit"], editor.Choices);
        Type("e");
        Press(ConsoleKey.Tab);
        Assert.Equal("queue ", editor.Line.Text);
        Assert.Empty(editor.Choices);
    }

    [Fact]
    public void Enter_control_c_and_control_d_end_a_line_each_in_its_way()
    {
        Assert.Equal(LineResult.Ended, Control(ConsoleKey.D));
        Type("x");
        Assert.Equal(LineResult.Editing, Control(ConsoleKey.D));
        Assert.Equal(LineResult.Cancelled, Control(ConsoleKey.C));
        Assert.Equal(LineResult.Accepted, Press(ConsoleKey.Enter));
    }

    [Fact]
    public void A_line_wider_than_the_terminal_moves_sideways()
    {
        var output = new StringWriter();
        var keys = new Queue<ConsoleKeyInfo>([.. new string('a', 40).Select(letter => Key(letter)), Key('\r', ConsoleKey.Enter)]);
        var line = new LineScreen(output, () => 20, keys.Dequeue).Read("> ", editor);

        Assert.Equal(new string('a', 40), line);
        Assert.All(output.ToString().Split('\r', StringSplitOptions.RemoveEmptyEntries), picture => Assert.True(picture.Length <= 20 + "\u001b[K".Length, picture));
    }

    [Fact]
    public void History_goes_back_and_forth_and_gives_the_draft_back()
    {
        var history = new History(null);
        foreach (var line in new[] { "one", "two", "two", " secret", "job list --key abc", "" })
            history.Add(line);

        Assert.Equal(["one", "two"], history.Lines);
        Assert.Equal(("two", "one", null), (history.Older("draft"), history.Older("two"), history.Older("one")));
        Assert.Equal(("two", "draft", null), (history.Newer(), history.Newer(), history.Newer()));
    }

    [Fact]
    public void History_is_kept_for_its_owner_alone_and_bounded()
    {
        using var folder = new ScratchFolder();
        var file = History.FileOf(name => name == "XDG_STATE_HOME" ? folder.Path : null)!;
        var history = new History(file);
        for (var number = 0; number < History.Capacity + 10; number++)
            history.Add($"line {number}");
        history.Save();

        var again = new History(file);
        Assert.Equal((History.Capacity, "line 10", $"line {History.Capacity + 9}"), (again.Lines.Count, again.Lines[0], again.Lines[^1]));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private void Type(string text)
    {
        foreach (var letter in text)
            editor.Press(Key(letter));
    }

    private LineResult Press(params ConsoleKey[] keys)
    {
        var result = LineResult.Editing;
        foreach (var key in keys)
            result = editor.Press(Key('\0', key));
        return result;
    }

    private LineResult Control(ConsoleKey key) => editor.Press(new ConsoleKeyInfo('\0', key, shift: false, alt: false, control: true));

    private static ConsoleKeyInfo Key(char letter, ConsoleKey key = ConsoleKey.None) => new(letter, key, shift: false, alt: false, control: false);
}
