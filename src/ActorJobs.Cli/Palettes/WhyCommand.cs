using System.CommandLine;

namespace ActorJobs.Cli;

/// <summary><c>actorjobs why ID</c>: the question that is asked most, without its palette.</summary>
internal static class WhyCommand
{
    public static Command Create(CommandLineApp app)
    {
        var id = new Argument<string>("id") { Description = "The job's id", HelpName = "ID" };
        id.CompletionSources.Add(context => ValueSource.Complete(app, context.ParseResult, "jobs?limit=50:id"));
        var command = new Command("why", "Why a job does not run, or what it does") { Arguments = { id } };
        app.OnRun(command, async scope =>
        {
            var path = $"jobs/{Uri.EscapeDataString(scope.Parse.GetValue(id)!)}/why";
            if (scope.Screen.IsJson)
            {
                scope.Screen.Show(await scope.Node.GetAsync(path, scope.Cancellation), []);
                return ExitCode.Ok;
            }

            var why = await scope.Node.Client.WhyAsync(scope.Parse.GetValue(id)!, scope.Cancellation);
            scope.Screen.Line(SafeText.Line($"{why.State}: {why.Summary}"));
            foreach (var reason in why.Reasons)
                scope.Screen.Line(SafeText.Line($"  - {reason}"));
            if (why.Ahead is { } ahead)
                scope.Screen.Line($"  {(why.AheadIsLowerBound ? "at least " : "")}{ahead} jobs are ahead");
            if (why.PredictedStart is { } start)
                scope.Screen.Line($"  should start {start.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");
            return ExitCode.Ok;
        });
        return command;
    }
}
