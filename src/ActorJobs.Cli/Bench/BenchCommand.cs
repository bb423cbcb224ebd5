using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary><c>actorjobs bench</c>: how fast this node is, from here, with every job counted.</summary>
internal static class BenchCommand
{
    public static Command Create(CommandLineApp app)
    {
        var options = new BenchOptions();
        var command = new Command("bench", "Measure a node from end to end, with exact delivery checked");
        foreach (var option in options.All)
            command.Options.Add(option);
        app.OnRun(command, async scope =>
        {
            var plan = options.PlanOf(scope.Parse);
            await using var own = await options.StartAsync(scope);
            var redis = options.RedisOf(scope, own);
            if (options.WarmUpOf(scope.Parse, plan) is { } warmUp)
                await new BenchRun(scope, warmUp, redis).RunAsync();
            var report = await new BenchRun(scope, plan, redis).RunAsync();
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
            ["node processor time", Text($"{report.ProcessorSeconds:0.##} s, {1_000_000 * report.ProcessorSeconds / report.Jobs:N0} µs a job")],
            .. Rows(report.Redis),
        ]));
        screen.Show(new Grid(["milliseconds", "p50", "p95", "p99", "max"],
        [
            Row("request", report.Request), Row("submit to start", report.ToStart), Row("submit to end", report.ToEnd),
        ]));
    }

    private static IEnumerable<string[]> Rows(RedisReport? redis)
    {
        if (redis is null)
            yield break;
        yield return ["redis processor time", Text($"{redis.CpuMicrosecondsPerJob:N0} µs a job")];
        if (redis.QueuedBytesPerJob is { } queued)
            yield return ["redis memory for a queued job", Text($"{queued:N0} bytes")];
        yield return ["redis memory for a completed job", Text($"{redis.BytesPerJob:N0} bytes")];
    }

    private static string[] Row(string name, Percentiles values) => [name, Text($"{values.P50}"), Text($"{values.P95}"), Text($"{values.P99}"), Text($"{values.Max}")];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
