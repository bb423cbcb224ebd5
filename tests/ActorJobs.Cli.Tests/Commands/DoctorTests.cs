namespace ActorJobs.Cli.Tests.Commands;

/// <summary>What the doctor finds and how it says so.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task A_healthy_node_passes_with_the_warning_that_memory_keeps_nothing()
    {
        await using var node = await NodeHost.StartAsync();
        var run = await CliRun.OkAsync(node, "doctor", "--json");
        var checks = Checks(run);

        Assert.Equal(["reach", "ready", "role", "version", "clock", "store", "cluster", "queues", "actors", "access", "memory", "log"], checks.Select(check => check.Name));
        Assert.Equal("warning", checks.Single(check => check.Name == "store").Status);
        Assert.All(checks.Where(check => check.Name != "store"), check => Assert.True(check.Status == "ok", check.ToString()));
        Assert.Equal(ExitCode.Failed, (await CliRun.OfAsync(node.Url, ["doctor", "--strict"])).Code);
    }

    [Fact]
    public async Task What_is_wrong_with_queues_is_told_with_what_to_do()
    {
        await using var node = await NodeHost.StartAsync(settings: new() { ["ActorJobs:Pools:mail:Queues:0"] = "mail", ["ActorJobs:Queues:small:Capacity"] = "1" });
        await CliRun.OkAsync(node, "queue", "pause", "small");
        await CliRun.OkAsync(node, "job", "submit", "builtin.echo", "--queue", "small");
        await CliRun.OkAsync(node, "queue", "drain", "mail");
        await node.DieAsync("dead", "no luck");
        var run = await CliRun.OkAsync(node, "doctor");

        Assert.Contains("queue small", run.Output, StringComparison.Ordinal);
        Assert.Contains("actorjobs queue resume mail", run.Output, StringComparison.Ordinal);
        Assert.Contains("actorjobs dead groups", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_of_anybody_and_warnings_of_its_own_are_told()
    {
        await using var node = await NodeHost.StartAsync();
        var loggers = node.Services.GetRequiredService<ILoggerFactory>();
#pragma warning disable CA1848, CA2254 // lines for a test
        loggers.CreateLogger("ActorJobs.Redis").LogWarning("evicts keys");
        loggers.CreateLogger("Other").LogWarning("not our matter");
        loggers.CreateLogger("Other").LogError("first");
        loggers.CreateLogger("Other").LogError("second");
#pragma warning restore CA1848, CA2254
        var run = await CliRun.OkAsync(node, "doctor");

        Assert.Contains("evicts keys", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 errors", run.Output, StringComparison.Ordinal);
        Assert.Contains("second", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not our matter", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_away_is_3_and_one_that_says_no_is_1()
    {
        Assert.Equal(ExitCode.Unreachable, (await CliRun.OfAsync(await ExitCodeTests.ClosedPortAsync(), ["doctor"])).Code);

        await using var node = await NodeHost.StartAsync(withKeys: true);
        var run = await CliRun.OfAsync(node.Url, ["doctor", "--json"]);
        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Equal(("inside", "failed"), (Checks(run)[^1].Name, Checks(run)[^1].Status));
    }

    [Fact]
    public async Task A_node_that_accepts_no_work_fails()
    {
        await using var node = await StubNode.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/health/live" ? 200 : 503;
            return Task.CompletedTask;
        });
        var run = await CliRun.OfAsync(node.Url, ["doctor", "--json", "--patience", "0"]);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Equal("failed", Checks(run).Single(check => check.Name == "ready").Status);
    }

    [Fact]
    public void Clock_version_and_role_are_judged_by_what_the_node_says()
    {
        var now = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        Client.NodeIdentity Node(double ahead, string version = "", string role = "Admin") =>
            new("n", version.Length > 0 ? version : CliVersion.Current, now.AddSeconds(ahead), new("k", role));

        Assert.Equal("ok", Judge(Node(1), "clock"));
        Assert.Equal("warning", Judge(Node(3), "clock"));
        Assert.Equal("warning", Judge(Node(-3), "clock"));
        Assert.Equal("warning", Judge(Node(0, version: "9.9.9"), "version"));
        Assert.Equal("warning", Judge(Node(0, role: "Viewer"), "role"));

        string Judge(Client.NodeIdentity node, string check) => OutsideChecks.Look(node, now, now).Single(item => item.Name == check).Status;
    }

    private static (string Name, string Status)[] Checks(CliRun run) =>
        [.. run.Json.GetProperty("checks").EnumerateArray().Select(check => (check.GetProperty("name").GetString()!, check.GetProperty("status").GetString()!))];
}
