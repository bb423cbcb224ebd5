using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Runs commands line by line.</summary>
internal sealed class Shell(CommandLineApp app, IReadOnlyList<string> globalWords)
{
    private const string Prompt = "actorjobs> ";

    /// <summary>What can be typed.</summary>
    public IReadOnlyList<Palette> Palettes { get; set; } = StandardPalettes.All;

    public async Task<int> RunInteractiveAsync(CancellationToken cancellationToken)
    {
        var history = new History(History.FileOf(app.Host.Environment));
        var editor = new LineEditor(history, line => Completions.Of(app, Palettes, line, globalWords));
        var screen = new LineScreen(app.Host.Out, () => Console.WindowWidth, () => Console.ReadKey(intercept: true));
        while (!cancellationToken.IsCancellationRequested)
        {
            if (Read(screen, editor) is not { } line || line.Trim() is "exit" or "quit")
                break;
            history.Add(line);
            history.Save();
            await RunLineAsync(line, cancellationToken);
        }

        return ExitCode.Ok;
    }

    /// <summary>Stops at the first line that fails, with its code, as <c>set -e</c> does. Lines that begin with <c>#</c> are comments.</summary>
    public async Task<int> RunScriptAsync(TextReader input, CancellationToken cancellationToken)
    {
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.AsSpan().Trim() is "" or ['#', ..])
                continue;
            if (line.Trim() is "exit" or "quit")
                break;
            if (await RunLineAsync(line, cancellationToken) is not ExitCode.Ok and var code)
                return code;
        }

        return ExitCode.Ok;
    }

    private async Task<int> RunLineAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            var words = CommandWords.Split(line);
            if (words is ["actorjobs", ..])
                words = words[1..];
            if (words is ["shell", ..])
                throw new UsageException("This is the shell already.");
            if (words.Length == 0)
                return ExitCode.Ok;
            if (words is ["help" or "?", ..])
                words = [.. words[1..], "--help"];
            // what belongs to the shell is the shell's: Ctrl+C ends the command, and the next line is read
            using var interrupt = app.Host.Interrupts?.Begin();
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, interrupt?.Token ?? default);
            return await app.RunAsync(app.Parse([.. words, .. globalWords], Palettes), both.Token);
        }
        catch (UsageException exception)
        {
            await app.Host.Error.WriteLineAsync(SafeText.Line(exception.Message));
            return ExitCode.Usage;
        }
    }

    // Ctrl+C gives up a line; only while keys are read, for a command it means the command
    private static string? Read(LineScreen screen, LineEditor editor)
    {
        Console.TreatControlCAsInput = true;
        try
        {
            return screen.Read(Prompt, editor);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }
}
