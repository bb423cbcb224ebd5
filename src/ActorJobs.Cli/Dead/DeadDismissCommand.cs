using System.CommandLine;

namespace ActorJobs.Cli;

/// <summary><c>dead dismiss</c>: dead letters that nobody means to run again, by group or all that match.</summary>
internal static class DeadDismissCommand
{
    public static Command Create(CommandLineApp app)
    {
        var command = new Command("dismiss", "Leave dead letters be: they become cancelled");
        var selection = DeadSelection.AddTo(command);
        command.Validators.Add(result =>
        {
            if (selection.Ways(result) != 1)
                result.AddError("Which ones? Give --group GROUP, or --all.");
        });
        app.OnRun(command, scope => DeadBulk.RunAsync(scope, selection, selection.ActionOf("dismiss", scope.Parse)));
        return command;
    }
}
