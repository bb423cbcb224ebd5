using System.Text.Json;
using ActorJobs.Client;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Cli.Tests.Commands;

/// <summary>Jobs from one store into another, through the front door.</summary>
public sealed class ExportTests
{
    private static readonly DateTimeOffset Later = new(2100, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task From_SQLite_into_memory_a_job_keeps_all_it_has_however_often_it_is_imported()
    {
        using var folder = new ScratchFolder();
        await using var from = await SqliteAsync(folder);
        await using var to = await NodeHost.StartAsync();
        await RoundTripAsync(from, to, folder);
    }

    [Fact]
    public async Task From_SQLite_into_Redis_a_job_keeps_all_it_has()
    {
        using var folder = new ScratchFolder();
        await using var server = await RedisServer.StartAsync();
        await using var from = await SqliteAsync(folder);
        await using var to = await NodeHost.StartAsync(services: services => services.UseRedisStore().Configure(options => options.Connection = server.Address));
        await RoundTripAsync(from, to, folder);
    }

    [Fact]
    public async Task A_job_that_failed_goes_on_with_the_attempts_it_has_left_when_it_would_have_run_again()
    {
        await using var from = await NodeHost.StartAsync();
        await using var to = await NodeHost.StartAsync();
        await from.Client.SubmitAsync(SubmitJob.Of("builtin.fail", new { times = 9, message = "no paper" }) with
        {
            Id = "tired",
            MaxAttempts = 5,
            StartBy = Later,
            Backoff = new BackoffRule { Type = "fixed", Delay = TimeSpan.FromHours(1) },
        });
        var failed = await UntilAsync(from, "tired", "Retryable");

        var line = JsonElement.Parse((await CliRun.OkAsync(from, "job", "export")).Output);
        Assert.Equal(("Retryable", 1, 5), (line.GetProperty("was").GetProperty("state").GetString(), line.GetProperty("was").GetProperty("attempt").GetInt32(), line.GetProperty("was").GetProperty("maxAttempts").GetInt32()));
        Assert.Equal("no paper", line.GetProperty("was").GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(ExitCode.Ok, (await CliRun.OfAsync(to.Url, ["job", "import", "-"], line.GetRawText())).Code);

        var goesOn = await to.Client.GetJobAsync("tired");
        Assert.Equal(("Scheduled", 4, failed.RunAt), (goesOn.State, goesOn.MaxAttempts, goesOn.RunAt));
    }

    [Fact]
    public async Task What_has_ended_is_exported_when_asked_for_and_does_not_run_again_unasked()
    {
        await using var from = await NodeHost.StartAsync();
        await using var to = await NodeHost.StartAsync();
        await from.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Id = "done" });
        await from.EndOfAsync("done");
        await from.DieAsync("dead", "no paper");

        Assert.Equal("", (await CliRun.OkAsync(from, "job", "export")).Output);
        var lines = (await CliRun.OkAsync(from, "job", "export", "--state", "completed", "--state", "Discarded", "--history")).Output;
        var refused = await CliRun.OfAsync(to.Url, ["job", "import", "-", "--json"], lines);
        var again = await CliRun.OfAsync(to.Url, ["job", "import", "-", "--again", "--json"], lines);

        Assert.Equal(["done", "dead"], lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("id").GetString()));
        Assert.All(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal("job.submitted.v1", JsonElement.Parse(line).GetProperty("history")[0].GetProperty("type").GetString()));
        Assert.Equal((ExitCode.Failed, 0, 2), (refused.Code, refused.Json.GetProperty("accepted").GetInt32(), refused.Json.GetProperty("refused").GetInt32()));
        Assert.Contains("the job was Completed where it was exported", refused.Errors, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Ok, 2), (again.Code, again.Json.GetProperty("accepted").GetInt32()));
    }

    [Fact]
    public async Task Jobs_of_a_workflow_are_left_out_and_told_and_so_is_a_queue_that_goes_on()
    {
        await using var node = await NodeHost.StartAsync();
        await node.Client.StartWorkflowAsync(new StartWorkflow
        {
            Jobs = [new WorkflowNode { Key = "a", Kind = "builtin.echo", Delay = TimeSpan.FromHours(1) }],
        });
        await node.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Id = "alone", RunAt = Later });

        var run = await CliRun.OfAsync(node.Url, ["job", "export"]);
        await node.Client.PauseQueueAsync("default");
        var paused = await CliRun.OfAsync(node.Url, ["job", "export"]);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Equal("alone", JsonElement.Parse(Assert.Single(run.Lines)).GetProperty("id").GetString());
        Assert.Contains("1 jobs of workflows", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Not paused: default", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Not paused", paused.Errors, StringComparison.Ordinal);
    }

    private static Task<NodeHost> SqliteAsync(ScratchFolder folder) => NodeHost.StartAsync(
        settings: new() { ["ActorJobs:Sqlite:Path"] = Path.Combine(folder.Path, "from.db") }, services: services => services.UseSqliteStore());

    private static async Task RoundTripAsync(NodeHost from, NodeHost to, ScratchFolder folder)
    {
        await from.Client.SubmitAsync(new SubmitJob
        {
            Kind = "builtin.echo",
            Id = "full",
            Args = JsonElement.Parse("""{"n":1.50,"s":"Grüße"}"""),
            Queue = "bulk",
            Priority = 7,
            RunAt = Later,
            StartBy = Later.AddDays(1),
            MaxAttempts = 3,
            Backoff = new BackoffRule { Type = "exponential", Base = TimeSpan.FromSeconds(3), Factor = 3, Max = TimeSpan.FromMinutes(9), Jitter = 0.5 },
            Timeout = TimeSpan.FromSeconds(90),
            Retention = TimeSpan.FromHours(5),
            ConcurrencyKey = "printer",
            Dependency = "mail",
            Tenant = "ada",
            Tags = ["one", "two"],
            Meta = new Dictionary<string, string> { ["k"] = "v" },
            ParentId = "parent",
        });
        await from.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 2) with { RunAt = Later, Queue = "bulk", Unique = new UniqueKey { Key = "only" } });
        await from.Client.SubmitManyAsync([.. Enumerable.Range(0, 450).Select(number => SubmitJob.Of("builtin.echo", number) with { Id = $"n-{number}", Queue = "bulk", RunAt = Later })]);
        await from.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 3) with { Id = "other", RunAt = Later });

        var file = Path.Combine(folder.Path, "jobs.ndjson");
        await CliRun.OkAsync(from, "job", "export", "--queue", "bulk", "--out", file);
        var first = await CliRun.OkAsync(to, "job", "import", file, "--json");
        var second = await CliRun.OkAsync(to, "job", "import", file, "--json");

        Assert.Equal((452, 0), (first.Json.GetProperty("accepted").GetInt32(), first.Json.GetProperty("existing").GetInt32()));
        Assert.Equal((452, 452), (second.Json.GetProperty("accepted").GetInt32(), second.Json.GetProperty("existing").GetInt32()));
        // exported from there it is the same again, but for when it was made
        Assert.Equal(await LinesAsync(from), await LinesAsync(to));
        Assert.Equal("only", (await from.Client.ExportJobsAsync(new() { Queue = "bulk", Limit = 1000 })).Items.Select(item => item.GetProperty("was")).Single(was => was.TryGetProperty("uniqueKey", out _)).GetProperty("uniqueKey").GetString());

        static async Task<IEnumerable<string>> LinesAsync(NodeHost node) =>
            (await CliRun.OkAsync(node, "job", "export", "--queue", "bulk")).Lines.Select(line => line[..line.IndexOf(",\"was\":", StringComparison.Ordinal)]).Order(StringComparer.Ordinal);
    }

    private static async Task<Job> UntilAsync(NodeHost node, string id, string state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (var job in node.Client.WatchJobAsync(id, patience.Token))
            if (job.State == state)
                return job;
        throw new Xunit.Sdk.XunitException($"Job {id} was never {state}.");
    }
}
