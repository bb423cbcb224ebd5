using System.CommandLine;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary><c>actorjobs doctor</c>: from reaching the node to what it finds in itself, with what to do about each.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandLineApp app)
    {
        var strict = new Option<bool>("--strict") { Description = "Warnings count as failures" };
        var command = new Command("doctor", "Check the node and say how to mend what is wrong") { Options = { strict } };
        app.OnRun(command, async scope =>
        {
            var checks = await RunAsync(scope);
            var healthy = checks.All(check => check.Status == "ok" || (check.Status == "warning" && !scope.Parse.GetValue(strict)));
            var report = new DoctorReport(scope.Node.Address.ToString(), healthy, checks);
            if (scope.Screen.IsJson)
                scope.Screen.Show(JsonSerializer.SerializeToElement(report, CliJson.Default.DoctorReport), []);
            else
                Show(scope.Screen, checks);
            return healthy ? ExitCode.Ok : checks is [{ Name: "reach", Status: "failed" }] ? ExitCode.Unreachable : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<IReadOnlyList<CheckItem>> RunAsync(Scope scope)
    {
        var checks = new List<CheckItem> { await OutsideChecks.ReachAsync(scope) };
        if (checks[0].Status == "failed")
            return checks;
        checks.Add(await OutsideChecks.ReadyAsync(scope));
        try
        {
            var before = scope.Host.Time.GetUtcNow();
            var offered = await NodePalettes.FetchAsync(scope.Node, scope.Cancellation);
            checks.AddRange(OutsideChecks.Look(offered.Node, before, scope.Host.Time.GetUtcNow()));
            var own = await scope.Node.GetAsync("doctor", scope.Cancellation);
            checks.AddRange(own.Deserialize(ContractJson.Default.CheckList)!.Items);
        }
        catch (Exception exception) when (Failure.Of(exception, scope.Node.Address) is { Code: not ExitCode.Interrupted } failure)
        {
            checks.Add(new CheckItem("inside", "failed", failure.Message, "Without this the node cannot be asked what it finds in itself."));
        }

        return checks;
    }

    private static void Show(Screen screen, IReadOnlyList<CheckItem> checks)
    {
        screen.Show(new Grid(["check", "status", "found"], [.. checks.Select(check => (IReadOnlyList<string>)[SafeText.Line(check.Name), check.Status, SafeText.Line(check.Said)])]));
        var mendable = checks.Where(check => check.Status != "ok" && check.Mend is not null).ToArray();
        if (mendable.Length > 0)
            screen.Line($"{Environment.NewLine}What to do:");
        foreach (var check in mendable)
            screen.Line(SafeText.Line($"  {check.Name}: {check.Mend}"));
    }
}
