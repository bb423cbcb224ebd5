using System.CommandLine;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary><c>dead retry</c>: dead letters again, by id, by group, or all that match.</summary>
internal static class DeadRetryCommand
{
    private const int Concurrency = 8;

    public static Command Create(CommandLineApp app)
    {
        var ids = new Argument<string[]>("id") { Description = "Jobs", HelpName = "ID", Arity = ArgumentArity.ZeroOrMore };
        ids.CompletionSources.Add(context => ValueSource.Complete(app, context.ParseResult, "jobs?state=Discarded&limit=50:id"));
        var rate = new Option<double?>("--rate") { Description = "So many a second: the node goes on by itself", HelpName = "N" };
        var edit = new Option<string?>("--edit", "-e") { Description = "A JSON merge patch for the arguments of each, @file, or - for standard input", HelpName = "JSON" };
        var command = new Command("retry", "Make dead letters available again: by id, by group, or all") { Arguments = { ids }, Options = { rate, edit } };
        var selection = DeadSelection.AddTo(command);
        command.Validators.Add(result =>
        {
            var isById = result.GetResult(ids)?.Tokens.Count > 0;
            if (selection.Ways(result) + (isById ? 1 : 0) != 1)
                result.AddError("Which ones? Give ids, or --group GROUP, or --all.");
            else if (isById && (result.GetResult(rate) is not null || result.GetResult(edit) is not null))
                result.AddError("--rate and --edit are for --group and --all; `job retry ID --args` gives one job other arguments.");
        });
        app.OnRun(command, scope => scope.Parse.GetValue(ids) is { Length: > 0 } given
            ? ByIdAsync(scope, given)
            : DeadBulk.RunAsync(scope, selection, selection.ActionOf("retry", scope.Parse) with
            {
                PerSecond = scope.Parse.GetValue(rate),
                Edit = scope.Parse.GetValue(edit) is { } patch ? JsonInput.Read(patch, scope.Host, "--edit") : null,
            }));
        return command;
    }

    private static async Task<int> ByIdAsync(Scope scope, string[] ids)
    {
        if (ids.Length > 1 && !scope.Confirm($"Retry {ids.Length} dead letters?"))
            return ExitCode.Failed;
        var report = await RetryAsync(scope, ids);
        scope.Screen.Show(JsonSerializer.SerializeToElement(report, CliJson.Default.DeadReport), []);
        return report.Refused == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<DeadReport> RetryAsync(Scope scope, string[] chosen)
    {
        var (retried, refused) = (0, 0);
        await Progress.RunAsync(scope, "retrying", chosen.Length, report => Parallel.ForEachAsync(
            chosen, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = scope.Cancellation }, async (id, cancellation) =>
            {
                try
                {
                    await scope.Node.Client.RetryAsync(id, null, cancellation);
                    Interlocked.Increment(ref retried);
                }
                catch (ActorJobsApiException refusal) when (refusal.Status is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Conflict)
                {
                    Interlocked.Increment(ref refused);
                    scope.Screen.Note(SafeText.Line($"{id}: {refusal.Message}"));
                }

                report(1);
            }));
        return new DeadReport(null, retried, refused);
    }
}
