using System.Globalization;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>What became of dead letters.</summary>
/// <param name="Action">Names the action for <c>dead undo</c>; null for letters named one by one.</param>
/// <param name="Changed">How many were changed, so far when the action goes on.</param>
/// <param name="Refused">How many were not: gone, or changed by somebody else in the meantime.</param>
/// <param name="GoesOn">Whether the action has not ended: a rate was given.</param>
internal sealed record DeadReport(string? Action, int Changed, int Refused, bool GoesOn = false);

/// <summary>One action of the node upon many dead letters: says first what it would do, asks, and follows it to its end.</summary>
internal static class DeadBulk
{
    public static async Task<int> RunAsync(Scope scope, DeadSelection selection, BulkAction action)
    {
        var client = scope.Node.Client;
        var preview = await client.RunBulkAsync(action with { DryRun = true }, scope.Cancellation);
        if (preview.Count == 0 && selection.Group(scope.Parse) is { } group)
            throw new UsageException($"No dead letter is in group '{SafeText.Line(group)}'; `actorjobs dead groups` names them.");
        if (selection.IsDryRun(scope.Parse))
        {
            scope.Screen.Show(JsonSerializer.SerializeToElement(preview, ContractJson.Default.BulkReceipt), []);
            return ExitCode.Ok;
        }

        if (preview.Edits.Select(edit => edit.Problem).OfType<BulkEditProblem>().FirstOrDefault() is { } problem)
            scope.Screen.Note($"{preview.RefusedEdits} of the first {preview.Edits.Count} edits will be refused: {SafeText.Line(problem.Detail)}");
        if (preview.Count > 1 && !scope.Confirm($"{Capital(action.Action)} {Count(preview)} dead letters?"))
            return ExitCode.Failed;
        var receipt = await client.RunBulkAsync(action, scope.Cancellation);
        var report = action.PerSecond is null ? await EndAsync(scope, receipt.Id!) : new DeadReport(receipt.Id, 0, 0, GoesOn: true);
        scope.Screen.Show(JsonSerializer.SerializeToElement(report, CliJson.Default.DeadReport), []);
        scope.Screen.Note($"`actorjobs dead undo {receipt.Id}` takes it back.");
        return report.Refused == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<DeadReport> EndAsync(Scope scope, string id)
    {
        var job = await scope.Node.Client.GetJobAsync(id, scope.Cancellation);
        await foreach (var seen in scope.Node.Client.WatchJobAsync(id, scope.Cancellation))
            job = seen;
        return job is { State: "Completed", Result: { } result }
            ? new DeadReport(id, result.GetProperty("changed").GetInt32(), result.GetProperty("refused").GetInt32())
            : throw new UsageException($"The action is {job.State}: {SafeText.Line(job.Error?.Message ?? "see `actorjobs job show " + id + "`")}");
    }

    private static string Count(BulkReceipt preview) =>
        preview.Count.ToString(CultureInfo.InvariantCulture) + (preview.CountIsLowerBound ? " or more" : "");

    private static string Capital(string verb) => char.ToUpperInvariant(verb[0]) + verb[1..];
}
