using System.CommandLine;

namespace ActorJobs.Cli;

/// <summary><c>job watch ID</c>: its changes as they happen, then the job as it ended.</summary>
internal static class WatchJobCommand
{
    public static Command Create(CommandLineApp app)
    {
        var id = new Argument<string>("id") { Description = "The job's id", HelpName = "ID" };
        id.CompletionSources.Add(context => ValueSource.Complete(app, context.ParseResult, "jobs?limit=50:id"));
        var command = new Command("watch", "Follow a job to its end; exit code 1 unless it completes") { Arguments = { id } };
        app.OnRun(command, scope => JobEnd.FollowAsync(scope, scope.Parse.GetValue(id)!));
        return command;
    }
}
