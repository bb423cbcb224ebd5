using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace ActorJobs.Cli;

/// <summary>Writes results to standard output and everything else to standard error, so that results can be piped.</summary>
internal sealed class Screen
{
    // wide enough that a redirected table is never wrapped: a line is a row for whatever reads it
    private const int Unwrapped = 30_000;

    private readonly CliHost host;
    private readonly IAnsiConsole results;

    public Screen(CliHost host, bool json, bool color)
    {
        this.host = host;
        IsJson = json;
        results = Console(host.Out, host.OutputIsTerminal, color);
        Notes = Console(host.Error, host.ErrorIsTerminal, color);
    }

    /// <summary>Whether results are JSON.</summary>
    public bool IsJson { get; }

    /// <summary>Whether a person watches the results.</summary>
    public bool IsLive => host.OutputIsTerminal && !IsJson;

    /// <summary>Standard error as a terminal, for progress.</summary>
    public IAnsiConsole Notes { get; }

    /// <summary>An answer: as it came with <c>--json</c>, else as tables.</summary>
    public void Show(JsonElement answer, IReadOnlyList<string> columns)
    {
        if (IsJson)
            WriteJson(answer, indented: true);
        else
            foreach (var grid in AnswerView.GridsOf(answer, columns))
                Show(grid);
    }

    public void Show(Grid grid)
    {
        if (grid.Title is { } title)
            Line($"{Environment.NewLine}{title}");
        if (grid.Rows.Count == 0)
        {
            Note("(none)");
            return;
        }

        // a terminal is narrow; for a pipe the columns stay where they are
        if (host.OutputIsTerminal)
            grid = grid.WithoutEmptyColumns();
        var table = new Table { Border = host.OutputIsTerminal ? TableBorder.Simple : TableBorder.None, ShowHeaders = true };
        foreach (var header in grid.Headers)
            table.AddColumn(new TableColumn(new Text(header, new Style(decoration: Decoration.Bold)))
            {
                NoWrap = !host.OutputIsTerminal,
                Padding = new Padding(0, 0, host.OutputIsTerminal ? 0 : 2, 0),
            });
        foreach (var row in grid.Rows)
            table.AddRow(row.Select(cell => new Text(cell, StateColors.Of(cell))));
        if (host.OutputIsTerminal)
            results.Write(table);
        else
            WriteTrimmed(table);
    }

    /// <summary>A line of the result.</summary>
    public void Line(string text) => host.Out.WriteLine(text);

    /// <summary>A line of the result in a colour where there are colours.</summary>
    public void Line(string text, Color color) => results.WriteLine(text, new Style(color));

    /// <summary>A JSON value: a line of its own, or indented.</summary>
    public void WriteJson(JsonElement value, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            value.WriteTo(writer);
        host.Out.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Something beside the result.</summary>
    public void Note(string text) => host.Error.WriteLine(text);

    /// <summary>Empties the screen for the next picture.</summary>
    public void Clear() => results.Clear(home: true);

    private void WriteTrimmed(Table table)
    {
        var text = new StringWriter();
        Console(text, isTerminal: false, color: false).Write(table);
        foreach (var line in text.ToString().Split('\n').SkipLast(1))
            host.Out.WriteLine(line.TrimEnd());
    }

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal, bool color)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal && color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = Unwrapped;
        return console;
    }
}
