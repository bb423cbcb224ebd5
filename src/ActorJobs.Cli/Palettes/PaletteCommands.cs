using System.CommandLine;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Makes a command out of what a palette says about a request: its parameters, how it is sent and how the answer is shown.</summary>
internal static class PaletteCommands
{
    /// <param name="app">The command line.</param>
    /// <param name="item">What the palette says.</param>
    /// <param name="fixedQuery">A part of the query that is always sent.</param>
    public static Command Create(CommandLineApp app, PaletteCommand item, string? fixedQuery = null)
    {
        var (command, inputs) = ParameterInput.CommandOf(app, item);
        var isRead = item.Method == "GET";
        var watch = isRead ? WatchOptions.AddTo(command) : null;
        var all = isRead && item.Parameters.Any(parameter => parameter is { Name: "cursor", In: "query" }) ? AllOption.AddTo(command) : null;

        app.OnRun(command, async scope =>
        {
            var request = PaletteRequest.Of(item, inputs, scope, fixedQuery);
            var isDryRun = inputs.Any(input => input.Parameter.Name == "dryRun" && input.ValueOf(scope.Parse) is ["true"]);
            if (item.Confirm && !isDryRun && !scope.Confirm($"{item.Summary}: {Uri.UnescapeDataString(request.Path)}?"))
                return ExitCode.Failed;
            if (watch is not null && watch.IsOn(scope.Parse))
                return await watch.RunAsync(scope, () => ShowAsync(scope, item, request));
            if (all is not null && scope.Parse.GetValue(all))
                return await AllOption.ShowAsync(scope, request, item.Columns);
            await ShowAsync(scope, item, request);
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task ShowAsync(Scope scope, PaletteCommand item, PaletteRequest request)
    {
        var answer = await request.SendAsync(scope.Node, scope.Cancellation);
        if (answer.ValueKind == System.Text.Json.JsonValueKind.Undefined)
        {
            if (!scope.Screen.IsJson)
                scope.Screen.Note("Done.");
            return;
        }

        scope.Screen.Show(answer, item.Columns);
        if (!scope.Screen.IsJson && Grid.At(answer, "next") is { ValueKind: System.Text.Json.JsonValueKind.String } next)
            scope.Screen.Note($"There is more: --cursor {SafeText.Line(next.GetString()!)}, or --all.");
    }
}
