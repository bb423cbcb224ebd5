using System.CommandLine;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>What a retry of dead letters did.</summary>
/// <param name="Retried">How many are available again.</param>
/// <param name="Refused">How many are not: gone, or retried by somebody else in the meantime.</param>
internal sealed record DeadRetryReport(int Retried, int Refused);

/// <summary><c>dead retry</c>: dead letters again, by id, by group, or all that match.</summary>
internal static class DeadRetryCommand
{
    private const int Concurrency = 8;

    public static Command Create(CommandLineApp app)
    {
        var ids = new Argument<string[]>("id") { Description = "Jobs", HelpName = "ID", Arity = ArgumentArity.ZeroOrMore };
        ids.CompletionSources.Add(context => ValueSource.Complete(app, context.ParseResult, "jobs?state=Discarded&limit=50:id"));
        var group = new Option<string?>("--group") { Description = "All of this group, as `dead groups` names it", HelpName = "GROUP" };
        var all = new Option<bool>("--all") { Description = "All that match the filters" };
        var limit = new Option<int?>("--limit") { Description = "No more than so many: try a few first", HelpName = "N" };
        var command = new Command("retry", "Make dead letters available again: by id, by group, or all") { Arguments = { ids }, Options = { group, all, limit } };
        var letters = DeadLetters.AddTo(command);
        command.Validators.Add(result =>
        {
            var ways = (result.GetResult(ids)?.Tokens.Count > 0 ? 1 : 0) + (result.GetResult(group) is null ? 0 : 1) + (result.GetValue(all) ? 1 : 0);
            if (ways != 1)
                result.AddError("Which ones? Give ids, or --group GROUP, or --all.");
        });
        app.OnRun(command, async scope =>
        {
            var chosen = scope.Parse.GetValue(ids) is { Length: > 0 } given ? given : await ChooseAsync(scope, letters, scope.Parse.GetValue(group));
            chosen = [.. chosen.Take(scope.Parse.GetValue(limit) ?? int.MaxValue)];
            if (chosen.Length > 1 && !scope.Confirm($"Retry {chosen.Length} dead letters?"))
                return ExitCode.Failed;
            var report = await RetryAsync(scope, chosen);
            scope.Screen.Show(JsonSerializer.SerializeToElement(report, CliJson.Default.DeadRetryReport), []);
            return report.Refused == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<string[]> ChooseAsync(Scope scope, DeadLetters letters, string? group)
    {
        var chosen = new List<string>();
        await foreach (var (job, signature) in letters.FindAsync(scope))
            if (group is null || signature.Id == group)
                chosen.Add(job.Id);
        return chosen.Count > 0 || group is null ? [.. chosen] : throw new UsageException($"No dead letter is in group '{SafeText.Line(group)}'; `actorjobs dead groups` names them.");
    }

    private static async Task<DeadRetryReport> RetryAsync(Scope scope, string[] chosen)
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
        return new DeadRetryReport(retried, refused);
    }
}
