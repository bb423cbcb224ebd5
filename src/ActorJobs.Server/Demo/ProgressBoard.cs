using System.Globalization;

namespace ActorJobs.Server;

/// <summary>
/// Progress bars, one row per name. A terminal sees them move in place; anything else (a file, a pipe, CI) gets a line for every tenth and no control
/// characters.
/// </summary>
internal sealed class ProgressBoard
{
    private const int BarWidth = 30;
    private const int MessageWidth = 60;

    private readonly Lock gate = new(); // guards all below: rows are reported by tasks side by side
    private readonly TextWriter output;
    private readonly bool isTerminal;
    private readonly (string Name, double Fraction, string Message)[] rows;
    private readonly int[] printedTenths;

    public ProgressBoard(TextWriter output, bool isTerminal, params ReadOnlySpan<string> names)
    {
        (this.output, this.isTerminal) = (output, isTerminal);
        rows = new (string, double, string)[names.Length];
        printedTenths = new int[names.Length];
        for (var row = 0; row < names.Length; row++)
            rows[row] = (names[row], 0, "");
        printedTenths.AsSpan().Fill(-1);
        if (isTerminal)
            DrawAll();
    }

    /// <summary>Reports a fraction between 0 and 1 and a message of one row.</summary>
    public Action<double, string> Row(int row) => (fraction, message) => Report(row, fraction, message);

    /// <summary>Leaves the bars as they are.</summary>
    public void Close()
    {
        lock (gate)
            output.Flush();
    }

    private void Report(int row, double fraction, string message)
    {
        lock (gate)
        {
            rows[row] = (rows[row].Name, Math.Clamp(fraction, 0, 1), message.Length > MessageWidth ? message[..(MessageWidth - 1)] + "…" : message);
            var tenth = (int)(rows[row].Fraction * 10);
            if (isTerminal)
            {
                output.Write($"\e[{rows.Length}A"); // to the first bar
                DrawAll();
            }
            else if (tenth > printedTenths[row])
            {
                printedTenths[row] = tenth;
                output.WriteLine(Line(row));
            }
        }
    }

    private void DrawAll()
    {
        for (var row = 0; row < rows.Length; row++)
            output.WriteLine($"{Line(row)}\e[K"); // and clears what a longer message has left
    }

    private string Line(int row)
    {
        var (name, fraction, message) = rows[row];
        var filled = (int)Math.Round(fraction * BarWidth);
        var bar = new string('#', filled) + new string('.', BarWidth - filled);
        return string.Create(CultureInfo.InvariantCulture, $"{name,-10} [{bar}] {fraction,4:P0}  {message}");
    }
}
