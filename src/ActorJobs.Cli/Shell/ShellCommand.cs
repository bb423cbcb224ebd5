using System.CommandLine;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary><c>actorjobs shell</c>: line after line, from a person or from standard input.</summary>
internal static class ShellCommand
{
    public static Command Create(CommandLineApp app)
    {
        var command = new Command("shell", "Interactive; from a file or pipe: a command a line, ending at the first that fails");
        app.OnRun(command, scope => RunAsync(app, scope));
        return command;
    }

    /// <summary>Without a command: interactive for a person, help for a script.</summary>
    public static async Task<int> RunOrHelpAsync(CommandLineApp app, RootCommand root, Scope scope)
    {
        if (scope.Host is { InputIsTerminal: true, OutputIsTerminal: true })
            return await RunAsync(app, scope);
        await root.Parse("--help").InvokeAsync(new InvocationConfiguration { Output = scope.Host.Out, Error = scope.Host.Error }, scope.Cancellation);
        return ExitCode.Usage;
    }

    private static async Task<int> RunAsync(CommandLineApp app, Scope scope)
    {
        var shell = new Shell(app, GlobalWords(scope));
        if (!scope.Host.InputIsTerminal)
            return await shell.RunScriptAsync(scope.Host.In, scope.Cancellation);
        try
        {
            var offered = await NodePalettes.FetchAsync(scope.Node, scope.Cancellation);
            shell.Palettes = NodePalettes.Merge(Offered(StandardPalettes.All, offered.Items), offered.Items);
            var (node, caller) = (offered.Node, offered.Node.Caller);
            scope.Screen.Line(SafeText.Line($"{node.Name} at {scope.Node.Address}, version {node.Version}; you are {caller.Name} ({caller.Role})."));
        }
        catch (Exception exception) when (Failure.Of(exception, scope.Node.Address) is { Code: not ExitCode.Interrupted } failure)
        {
            // a node that is down is a reason to sit at a shell, not to be sent away
            scope.Screen.Note(SafeText.Line(failure.Message));
        }

        scope.Screen.Line("Tab completes, --help explains, exit or Ctrl+D ends.");
        return await shell.RunInteractiveAsync(scope.Cancellation);
    }

    /// <summary>Of the palettes this program knows, what the node has: in its own form, which knows more than the node tells.</summary>
    private static IEnumerable<Palette> Offered(IEnumerable<Palette> known, IReadOnlyList<Palette> offered) =>
        from palette in known
        let there = offered.FirstOrDefault(item => item.Name == palette.Name)
        where there is not null
        select palette with { Commands = [.. palette.Commands.Where(command => there.Commands.Any(item => item.Name == command.Name))] };

    /// <summary>The global options that were given, to go before every line.</summary>
    private static string[] GlobalWords(Scope scope) =>
    [
        .. scope.Globals.All.Select(scope.Parse.GetResult).OfType<System.CommandLine.Parsing.OptionResult>().Where(result => !result.Implicit)
            .SelectMany(result => result.Tokens.Select(token => token.Value).Prepend(result.Option.Name)),
    ];
}
