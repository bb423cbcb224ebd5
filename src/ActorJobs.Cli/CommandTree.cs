using System.CommandLine;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>All commands: one per command of a palette, some of them with a form of their own, and those that are of no palette.</summary>
internal static class CommandTree
{
    private const string Description = """
        The command line of ActorJobs.

        Commands are asked of a node over HTTP. Without a command: interactive, with completion and history.
        Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 node unreachable, 4 not allowed, 5 not there, 6 conflict with the present state,
        7 node busy, 130 interrupted.
        """;

    public static RootCommand Root(CommandLineApp app, IReadOnlyList<Palette> palettes)
    {
        var root = new RootCommand(Description);
        foreach (var option in app.Globals.All)
            root.Options.Add(option);
        var own = OwnForms(app);
        foreach (var palette in palettes)
        {
            var command = new Command(palette.Name, palette.Summary);
            foreach (var item in palette.Commands)
                command.Subcommands.Add(own.TryGetValue((palette.Name, item.Name), out var make) ? make(item) : PaletteCommands.Create(app, item));
            root.Subcommands.Add(command);
        }

        root.Subcommands.Add(WhyCommand.Create(app));
        root.Subcommands.Add(DoctorCommand.Create(app));
        root.Subcommands.Add(BenchCommand.Create(app));
        root.Subcommands.Add(ForeignImportCommand.Create(app));
        root.Subcommands.Add(PalettesCommand.Create(app));
        root.Subcommands.Add(ShellCommand.Create(app));
        root.Subcommands.Add(CompletionCommand.Create(app));
        root.Subcommands.Add(CompleteCommand.Create(app));
        app.OnRun(root, scope => ShellCommand.RunOrHelpAsync(app, root, scope));
        return root;
    }

    /// <summary>Commands for which sending a request and showing the answer is not enough.</summary>
    private static Dictionary<(string Palette, string Name), Func<PaletteCommand, Command>> OwnForms(CommandLineApp app) => new()
    {
        [("job", "submit")] = _ => SubmitCommand.Create(app),
        [("job", "import")] = _ => ImportCommand.Create(app),
        [("job", "export")] = _ => ExportCommand.Create(app),
        [("job", "watch")] = _ => WatchJobCommand.Create(app),
        [("job", "retry")] = _ => RetryCommand.Create(app),
        [("dead", "retry")] = _ => DeadRetryCommand.Create(app),
        [("dead", "dismiss")] = _ => DeadDismissCommand.Create(app),
        [("dead", "list")] = command => PaletteCommands.Create(app, command, fixedQuery: "state=Discarded"),
        [("actor", "tree")] = command => ActorTreeCommand.Create(app, command),
        [("actor", "show")] = _ => ActorShowCommand.Create(app),
        [("actor", "restarts")] = command => ActorRestartsCommand.Create(app, command),
        [("log", "show")] = command => LogShowCommand.Create(app, command),
        [("log", "tail")] = command => LogTailCommand.Create(app, command),
        [("scrape", "watch")] = command => StreamCommand.Create(app, command),
        [("shard", "owner")] = _ => ShardOwnerCommand.Create(app),
        [("cluster", "status")] = command => PaletteCommands.Create(app, command with { Columns = ["at", "nodes", "states", "rates", "queues", "pools"] }),
    };
}
