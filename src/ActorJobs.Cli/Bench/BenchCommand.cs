using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary><c>actorjobs bench</c>: how fast this node is, from here, with every job counted.</summary>
internal static class BenchCommand
{
    public static Command Create(CommandLineApp app)
    {
        var jobs = Number("--jobs", "How many jobs", 10_000, 1, 1_000_000);
        var payload = Number("--payload", "Bytes of text in each job's arguments", 100, 0, 100_000);
        var batch = Number("--batch", "Jobs in one request; 1 submits each by itself", 500, 1, 10_000);
        var connections = Number("--connections", "Requests under way at once", 4, 1, 256);
        var warmUp = Number("--warm-up", "Jobs before, which do not count", 1_000, 0, 100_000);
        var kind = new Option<string>("--kind") { Description = "Their kind", HelpName = "KIND", DefaultValueFactory = _ => "builtin.echo" };
        var queue = new Option<string>("--queue") { Description = "Their queue", HelpName = "NAME", DefaultValueFactory = _ => "bench" };
        var oneByOne = new Option<bool>("--one-by-one") { Description = "Submit each when the one before has ended: the latency of an idle node" };
        var deadline = GlobalOptions.Duration("--deadline", "How long all of it may take (default 10m)");
        deadline.Recursive = false;
        var command = new Command("bench", "Measure a node from end to end, with exact delivery checked")
        {
            Options = { jobs, payload, batch, connections, warmUp, kind, queue, oneByOne, deadline },
        };
        app.OnRun(command, async scope =>
        {
            var parse = scope.Parse;
            var run = $"bench-{Guid.NewGuid():N}"[..14];
            var plan = new BenchPlan(
                run, parse.GetValue(jobs), parse.GetValue(payload), parse.GetValue(batch), parse.GetValue(connections), parse.GetValue(kind)!, parse.GetValue(queue)!,
                parse.GetValue(oneByOne), parse.GetValue(deadline) ?? TimeSpan.FromMinutes(10));
            if (parse.GetValue(warmUp) is > 0 and var warming)
                await new BenchRun(scope, plan with { Run = run + "w", Jobs = plan.OneByOne ? Math.Min(warming, 50) : warming }).RunAsync();
            var report = await new BenchRun(scope, plan).RunAsync();
            if (scope.Screen.IsJson)
                scope.Screen.Show(JsonSerializer.SerializeToElement(report, CliJson.Default.BenchReport), []);
            else
                Show(scope.Screen, plan, report);
            return report.Exact ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static void Show(Screen screen, BenchPlan plan, BenchReport report)
    {
        screen.Line(Text($"{report.Jobs} jobs of {plan.Kind}, {plan.Payload} bytes each, {(plan.OneByOne ? "one by one" : $"{plan.Batch} a request, {plan.Connections} connections")}"));
        screen.Line(SafeText.Line($"node {report.Node}"));
        screen.Show(new Grid(["measure", "value"],
        [
            ["exact delivery", report.Exact ? "yes: each accepted, run once and completed" : Text($"NO: {report.Missing} missing, {report.Repeated} run more than once")],
            ["submitted a second", Text($"{report.Submit:N0}")],
            ["completed a second", Text($"{report.Throughput:N0}")],
            ["node memory before, peak, after", Text($"{report.MemoryBefore >> 20}, {report.MemoryPeak >> 20}, {report.MemoryAfter >> 20} MiB")],
            ["node processor time", Text($"{report.ProcessorSeconds:0.##} s")],
        ]));
        screen.Show(new Grid(["milliseconds", "p50", "p95", "p99", "max"],
        [
            Row("request", report.Request), Row("submit to start", report.ToStart), Row("submit to end", report.ToEnd),
        ]));
    }

    private static string[] Row(string name, Percentiles values) => [name, Text($"{values.P50}"), Text($"{values.P95}"), Text($"{values.P99}"), Text($"{values.Max}")];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Option<int> Number(string name, string description, int otherwise, int min, int max)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
        ImportCommand.InRange(option, min, max);
        return option;
    }
}
