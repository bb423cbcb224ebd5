using System.CommandLine;

namespace ActorJobs.Cli;

/// <summary><c>job export</c>: jobs as lines that <c>job import</c> takes, at another node and into another store.</summary>
internal static class ExportCommand
{
    // in the order in which jobs move on, so that one that does meanwhile is met twice rather than never
    private static readonly string[] Unfinished = ["Scheduled", "Retryable", "Available"];
    private static readonly string[] Ended = ["Completed", "Cancelled", "Discarded", "Expired"];
    private static readonly string[] States = ["Waiting", .. Unfinished, "Running", .. Ended];

    public static Command Create(CommandLineApp app)
    {
        var states = new Option<string[]>("--state") { Description = $"Those in this state; may be given several times (default: {string.Join(", ", Unfinished)})", HelpName = "STATE" };
        states.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, States);
        var filters = new[] { ("queue", "Only of this queue"), ("kind", "Only of this kind"), ("tag", "Only with this tag"), ("tenant", "Only of this tenant") }
            .Select(filter => new Option<string?>("--" + filter.Item1) { Description = filter.Item2, HelpName = "TEXT" }).ToArray();
        var history = new Option<bool>("--history") { Description = "With the history of each; an import does not look at it" };
        var to = new Option<string?>("--out", "-o") { Description = "The file (default: standard output)", HelpName = "FILE" };
        var command = new Command("export", "Write jobs out, one JSON object a line, to be imported into another store") { Options = { states, history, to } };
        foreach (var filter in filters)
            command.Options.Add(filter);
        app.OnRun(command, async scope =>
        {
            var parse = scope.Parse;
            var query = filters.Where(filter => parse.GetValue(filter) is { Length: > 0 })
                .Select(filter => $"{filter.Name[2..]}={Uri.EscapeDataString(parse.GetValue(filter)!)}");
            var wanted = parse.GetValue(states) is { Length: > 0 } given ? States.Where(state => given.Contains(state, StringComparer.OrdinalIgnoreCase)).ToArray() : Unfinished;
            await using var file = parse.GetValue(to) is { } path ? new StreamWriter(path) : null;
            var exporter = new Exporter(scope, string.Join('&', [.. query, $"history={(parse.GetValue(history) ? "true" : "false")}"]), file ?? scope.Host.Out);
            foreach (var state in wanted)
                await exporter.WriteAsync(state);
            await exporter.TellAsync();
            return exporter.OfWorkflows == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>Whether a job in this state has ended.</summary>
    public static bool IsEnded(string state) => Ended.Contains(state, StringComparer.Ordinal);
}
