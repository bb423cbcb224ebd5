namespace ActorJobs.Cli.Tests.Commands;

/// <summary>The benchmark counts every job.</summary>
public sealed class BenchTests
{
    [Theory]
    [InlineData("--batch", "50")]
    [InlineData("--batch", "1")]
    [InlineData("--one-by-one")]
    [InlineData("--hold")]
    public async Task A_node_that_does_all_jobs_is_exact(params string[] words)
    {
        await using var node = await NodeHost.StartAsync();
        var report = (await CliRun.OkAsync(node, ["bench", "--jobs", "120", "--warm-up", "10", "--json", .. words])).Json;

        Assert.True(report.GetProperty("exact").GetBoolean());
        Assert.Equal((120, 0, 0), (report.GetProperty("jobs").GetInt32(), report.GetProperty("missing").GetInt32(), report.GetProperty("repeated").GetInt32()));
        Assert.True(report.GetProperty("throughput").GetDouble() > 0);
        Assert.True(report.GetProperty("memoryPeak").GetInt64() >= report.GetProperty("memoryAfter").GetInt64());
        var (start, end) = (report.GetProperty("toStart"), report.GetProperty("toEnd"));
        Assert.True(start.GetProperty("p50").GetDouble() <= end.GetProperty("p50").GetDouble());
        Assert.True(end.GetProperty("p50").GetDouble() <= end.GetProperty("p99").GetDouble());
        Assert.Equal(130, (await node.Client.GetQueueAsync("bench")).States["Completed"]);
    }

    [Fact]
    public async Task Jobs_that_fail_are_missed_and_the_exit_code_says_so()
    {
        await using var node = await NodeHost.StartAsync(configure: jobs => jobs.AddHandler<BenchArgs, Refusing>("test.refuse"));
        var run = await CliRun.OfAsync(node.Url, ["bench", "--jobs", "5", "--warm-up", "0", "--kind", "test.refuse", "--json"]);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.False(run.Json.GetProperty("exact").GetBoolean());
        Assert.Equal(5, run.Json.GetProperty("missing").GetInt32());
    }

    [Fact]
    public async Task Jobs_that_are_held_start_after_the_last_is_submitted()
    {
        await using var node = await NodeHost.StartAsync();
        await CliRun.OkAsync(node, "bench", "--jobs", "120", "--warm-up", "0", "--batch", "20", "--hold", "--json");

        var jobs = (await node.Client.ListJobsAsync(new() { Queue = "bench", Limit = 200 })).Items;
        Assert.Equal(120, jobs.Count);
        Assert.True(jobs.Max(job => job.CreatedAt) <= jobs.Min(job => job.StartedAt));
        Assert.False((await node.Client.GetQueueAsync("bench")).Paused);
    }

    [Theory]
    [InlineData("--hold", "--one-by-one")]
    [InlineData("--start", "oracle")]
    [InlineData("--start", "memory", "--server", "/nowhere/actorjobs-server")]
    [InlineData("--start", "memory", "--workers", "0")]
    [InlineData("--redis", "here:there")]
    public async Task What_cannot_be_measured_is_wrong_usage(params string[] words)
    {
        var run = await CliRun.OfAsync("http://127.0.0.1:9", ["bench", "--jobs", "5", .. words]);
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
    }

    [Fact]
    public void A_redis_server_tells_what_it_has_used()
    {
        Assert.Equal(
            new RedisUsage(1_048_576, 3.75),
            RedisServerUsage.Parse("# Memory\r\nused_memory:1048576\r\nused_memory_rss:9\r\n\r\n# CPU\r\nused_cpu_sys:1.25\r\nused_cpu_user:2.500000\r\n"));
        Assert.Throws<IOException>(() => RedisServerUsage.Parse("# Memory\r\nused_memory:1\r\n"));
    }

    public sealed record BenchArgs(string Text);

    public sealed class Refusing : IJobHandler<BenchArgs, BenchArgs>
    {
        public ValueTask<JobOutcome<BenchArgs>> RunAsync(BenchArgs args, JobContext context) => throw new PermanentJobException("never");
    }

    [Fact]
    public void Percentiles_are_by_nearest_rank()
    {
        Assert.Equal(new Percentiles(50, 95, 99, 100), Percentiles.Of(Enumerable.Range(1, 100).Reverse().Select(number => (double)number)));
        Assert.Equal(new Percentiles(3, 3, 3, 3), Percentiles.Of([3]));
        Assert.Equal(new Percentiles(0, 0, 0, 0), Percentiles.Of([]));
    }
}
