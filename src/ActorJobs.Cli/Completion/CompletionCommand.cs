using System.CommandLine;

namespace ActorJobs.Cli;

/// <summary><c>actorjobs completion SHELL</c>: the script that makes a shell complete.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    public static Command Create(CommandLineApp app)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong(Shells);
        var command = new Command("completion", "Print a completion script, for instance: source <(actorjobs completion bash)") { Arguments = { shell } };
        app.OnRun(command, scope =>
        {
            scope.Host.Out.Write(ScriptOf(scope.Parse.GetValue(shell)!));
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    public static string ScriptOf(string shell)
    {
        using var stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
