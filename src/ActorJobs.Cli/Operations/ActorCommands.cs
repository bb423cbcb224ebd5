using System.CommandLine;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary><c>actor tree</c>: the actors as a tree.</summary>
internal static class ActorTreeCommand
{
    public static Command Create(CommandLineApp app, PaletteCommand item)
    {
        var (command, inputs) = ParameterInput.CommandOf(app, item);
        var watch = WatchOptions.AddTo(command);
        app.OnRun(command, async scope =>
        {
            var request = PaletteRequest.Of(item, inputs, scope);
            if (watch.IsOn(scope.Parse))
                return await watch.RunAsync(scope, ShowAsync);
            await ShowAsync();
            return ExitCode.Ok;

            async Task ShowAsync()
            {
                var answer = await request.SendAsync(scope.Node, scope.Cancellation);
                if (scope.Screen.IsJson)
                {
                    scope.Screen.Show(answer, []);
                    return;
                }

                var actors = answer.Deserialize(ContractJson.Default.ActorList)!;
                scope.Screen.Show(ActorTree.Draw(actors.Items));
                if (actors.Total > actors.Items.Count)
                    scope.Screen.Note($"{actors.Total - actors.Items.Count} more; see them with --limit, or fewer with --path or --depth.");
            }
        });
        return command;
    }
}

/// <summary><c>actor show PATH</c>: one actor.</summary>
internal static class ActorShowCommand
{
    public static Command Create(CommandLineApp app)
    {
        var path = new Argument<string>("path") { Description = "Its path, for instance /fetcher", HelpName = "PATH" };
        path.CompletionSources.Add(context => ValueSource.Complete(app, context.ParseResult, "actors?limit=200:path"));
        var command = new Command("show", "One actor") { Arguments = { path } };
        app.OnRun(command, async scope =>
        {
            var answer = await scope.Node.GetAsync($"actors?depth=1&path={Uri.EscapeDataString(scope.Parse.GetValue(path)!)}", scope.Cancellation);
            scope.Screen.Show(AnswerView.ItemsOf(answer) is [var actor] ? actor : answer, []);
            return ExitCode.Ok;
        });
        return command;
    }
}

/// <summary><c>actor restarts</c>: the actors that failed, the worst first.</summary>
internal static class ActorRestartsCommand
{
    private const int Most = 10_000;

    public static Command Create(CommandLineApp app, PaletteCommand item)
    {
        var command = new Command(item.Name, item.Summary);
        app.OnRun(command, async scope =>
        {
            var answer = await scope.Node.GetAsync($"actors?limit={Most}", scope.Cancellation);
            var failed = (AnswerView.ItemsOf(answer) ?? []).Where(actor => Count(actor) > 0).OrderByDescending(Count).ToArray();
            if (scope.Screen.IsJson)
                scope.Screen.Show(JsonSerializer.SerializeToElement(failed, CliJson.Default.JsonElementArray), []);
            else if (failed.Length == 0)
                scope.Screen.Line("No actor failed since the node started.");
            else
                scope.Screen.Show(Grid.Of(failed, item.Columns));
            return ExitCode.Ok;
        });
        return command;
    }

    private static int Count(JsonElement actor) => Grid.At(actor, "restarts") is { } restarts ? restarts.GetInt32() : 0;
}
