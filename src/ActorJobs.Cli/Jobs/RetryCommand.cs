using System.CommandLine;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary><c>job retry ID</c>: again, with other arguments if given or edited.</summary>
internal static class RetryCommand
{
    public static Command Create(CommandLineApp app)
    {
        var id = new Argument<string>("id") { Description = "The job's id", HelpName = "ID" };
        id.CompletionSources.Add(context => ValueSource.Complete(app, context.ParseResult, "jobs?state=Discarded&limit=50:id"));
        var args = new Option<string?>("--args", "-a") { Description = "Other arguments as JSON, @file, or - for standard input", HelpName = "JSON" };
        var edit = new Option<bool>("--edit", "-e") { Description = "Change the arguments in VISUAL or EDITOR first" };
        var command = new Command("retry", "Make an ended or retryable job available again, with other arguments if given") { Arguments = { id }, Options = { args, edit } };
        command.Validators.Add(result =>
        {
            if (result.GetResult(args) is not null && result.GetValue(edit))
                result.AddError("Give --args or --edit, not both.");
        });
        app.OnRun(command, async scope =>
        {
            var name = scope.Parse.GetValue(id)!;
            JsonElement? given = scope.Parse.GetValue(args) is { } text ? JsonInput.Read(text, scope.Host, "--args") : null;
            if (scope.Parse.GetValue(edit))
            {
                var job = await scope.Node.Client.GetJobAsync(name, scope.Cancellation);
                given = await ArgumentEditor.EditAsync(job.Args, scope.Host, scope.Cancellation);
            }

            var receipt = await scope.Node.Client.RetryAsync(name, given, scope.Cancellation);
            scope.Screen.Show(JsonSerializer.SerializeToElement(receipt, ContractJson.Default.JobCommandReceipt), []);
            return ExitCode.Ok;
        });
        return command;
    }
}
