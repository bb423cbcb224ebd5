using System.CommandLine;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>A route of server-sent events that ends by itself: each event is shown as it comes.</summary>
internal static class StreamCommand
{
    private static readonly string[] Progress = ["state", "chainProgress", "statusMessage"];

    public static Command Create(CommandLineApp app, PaletteCommand item)
    {
        var (command, inputs) = ParameterInput.CommandOf(app, item);
        app.OnRun(command, async scope =>
        {
            var request = PaletteRequest.Of(item, inputs, scope);
            await foreach (var (_, data) in scope.Node.StreamAsync(request.Path, scope.Cancellation))
            {
                if (scope.Screen.IsJson)
                    scope.Screen.WriteJson(data);
                else
                    scope.Screen.Line(string.Join("  ", Progress.Select(field => Grid.At(data, field) is { } value ? CellText.Of(value) : "")));
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
