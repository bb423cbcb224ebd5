using System.CommandLine;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary><c>actorjobs complete LINE</c>: what the shells' completion scripts ask; a word a line.</summary>
internal static class CompleteCommand
{
    public static Command Create(CommandLineApp app)
    {
        var line = new Argument<string>("line") { Description = "The command line up to the cursor, with the program's name" };
        var command = new Command("complete", "Words that could come next, for completion scripts") { Arguments = { line }, Hidden = true };
        app.OnRun(command, scope =>
        {
            var text = scope.Parse.GetValue(line)!.TrimStart();
            var begin = text.IndexOf(' ', StringComparison.Ordinal);
            foreach (var word in begin < 0 ? [] : Completions.Of(app, StandardPalettes.All, text[(begin + 1)..], []))
                scope.Screen.Line(word);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
