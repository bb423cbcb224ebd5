using System.CommandLine;

namespace ActorJobs.Cli;

/// <summary><c>actorjobs palettes</c>: what the node offers.</summary>
internal static class PalettesCommand
{
    public static Command Create(CommandLineApp app)
    {
        var command = new Command("palettes", "What the node offers, and who it takes you for");
        app.OnRun(command, async scope =>
        {
            if (scope.Screen.IsJson)
            {
                scope.Screen.Show(await scope.Node.GetAsync("palettes", scope.Cancellation), []);
                return ExitCode.Ok;
            }

            var offered = await NodePalettes.FetchAsync(scope.Node, scope.Cancellation);
            scope.Screen.Line(SafeText.Line(
                $"{offered.Node.Name}, version {offered.Node.Version}; you are {offered.Node.Caller.Name} with the role {offered.Node.Caller.Role}."));
            scope.Screen.Show(new Grid(
                ["palette", "commands", "about"],
                [.. offered.Items.Select(palette => (IReadOnlyList<string>)
                    [SafeText.Line(palette.Name), SafeText.Line(string.Join(' ', palette.Commands.Select(item => item.Name))), SafeText.Line(palette.Summary)])]));
            return ExitCode.Ok;
        });
        return command;
    }
}
