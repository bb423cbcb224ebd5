using System.CommandLine;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>From words to an exit code.</summary>
internal sealed class CommandLineApp(CliHost host)
{
    // `--args @file` is ours to read: the platform would take it for a file of further arguments
    public static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    private readonly GlobalOptions globals = new();

    public CliHost Host => host;

    public GlobalOptions Globals => globals;

    /// <summary>Runs one command line.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken cancellationToken = default)
    {
        var parse = Parse(words, StandardPalettes.All);
        // a word this program has never heard of may be one that the node knows
        if (parse.UnmatchedTokens.Any(word => !word.StartsWith('-')) && globals.AreValid(parse) && await NodePalettes.AddedAsync(this, parse, cancellationToken) is { Count: > 0 } added)
            parse = Parse(words, [.. added]);
        return await RunAsync(parse, cancellationToken);
    }

    public ParseResult Parse(IReadOnlyList<string> words, IReadOnlyList<Palette> palettes) => CommandTree.Root(this, palettes).Parse(words, Parsing);

    public async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.Errors.Count > 0)
        {
            foreach (var error in parse.Errors)
                host.Error.WriteLine(SafeText.Line(error.Message));
            host.Error.WriteLine($"`{Path(parse)} --help` shows what it takes.");
            return ExitCode.Usage;
        }

        return await parse.InvokeAsync(
            new InvocationConfiguration { Output = host.Out, Error = host.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
            cancellationToken);
    }

    /// <summary>Makes a command's action: failures become words and exit codes here and nowhere else.</summary>
    public void OnRun(Command command, Func<Scope, Task<int>> action) => command.SetAction(async (parse, cancellationToken) =>
    {
        var node = new Uri(NodeAddress.Default);
        try
        {
            using var scope = new Scope(parse, host, globals, cancellationToken);
            node = NodeAddress.Resolve(parse.GetValue(globals.Node), host.Environment);
            return await action(scope);
        }
        catch (Exception exception) when (Failure.Of(exception, node) is { } failure)
        {
            await host.Error.WriteLineAsync(SafeText.Line(failure.Message));
            return failure.Code;
        }
    });

    private static string Path(ParseResult parse)
    {
        var names = new Stack<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = parse.CommandResult; at is System.CommandLine.Parsing.CommandResult { Command: var command }; at = at.Parent)
            names.Push(command is RootCommand ? "actorjobs" : command.Name);
        return string.Join(' ', names);
    }
}
