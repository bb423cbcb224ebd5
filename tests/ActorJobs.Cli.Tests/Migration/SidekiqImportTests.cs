namespace ActorJobs.Cli.Tests.Migration;

/// <summary>Queues that Sidekiq's own client, and its handling of failures, wrote.</summary>
public sealed class SidekiqImportTests
{
    private static readonly DateTimeOffset Later = new(2100, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Map = ["--map", "Mail::Send=builtin.echo"];

    [Fact]
    public async Task A_queue_is_drained_with_what_is_scheduled_and_what_is_tried_again()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.SidekiqAsync(run.Server);

        var report = await run.ReportAsync("sidekiq", Map);
        var jobs = await run.JobsAsync();

        // --map names no arguments, so that the three of 'many' are no trouble
        Assert.Equal(13, report.Imported);
        Assert.Equal(report.Imported, jobs.Count);
        ImportRun.AssertJson("""["ada@example.org","Grüße 🎉"]""", jobs["plain"].Args);
        ImportRun.AssertJson("[]", jobs["none"].Args);
        ImportRun.AssertJson("""[{"a":[1,2.5,null]}]""", jobs["tuned"].Args);
        Assert.Equal((10, 4, 1), (jobs["plain"].MaxAttempts, jobs["tuned"].MaxAttempts, jobs["once"].MaxAttempts));
        Assert.Equal(["report", "eu"], jobs["tuned"].Tags);
        Assert.Equal(("Scheduled", Later), (jobs["later"].State, jobs["later"].RunAt));
        // one attempt is used up: 25 retries follow, or 3
        Assert.Equal((25, 3), (jobs["failed"].MaxAttempts, jobs["failed-3"].MaxAttempts));
        Assert.Equal("Scheduled", jobs["failed"].State);
        Assert.InRange(jobs["failed"].RunAt!.Value, DateTimeOffset.UtcNow.AddSeconds(-60), DateTimeOffset.UtcNow.AddMinutes(2));
        Assert.Equal("ArgumentError: printer is out of paper", jobs["failed"].Meta["sidekiq.error"]);
    }

    [Fact]
    public async Task What_cannot_be_carried_over_stays_and_so_does_what_is_of_other_queues()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.SidekiqAsync(run.Server);

        var report = await run.ReportAsync("sidekiq", "--map", "Mail::Send=builtin.echo(to,subject)");

        ImportRun.AssertLeft(
            report, ("unknown", "--map 'Mail::Unknown=KIND'"), ("many", "3 arguments by place"), ("wrapped", "Active Job"), ("batch", "batch"), ("", "no JSON"));
        Assert.Equal("5", await run.Server.SayAsync("LLEN", "queue:mails"));
        Assert.Contains("elsewhere", await run.Server.SayAsync("ZRANGE", "schedule", "0", "-1"), StringComparison.Ordinal);
        Assert.Contains("failed-elsewhere", await run.Server.SayAsync("ZRANGE", "retry", "0", "-1"), StringComparison.Ordinal);
        Assert.Equal(("1", "1"), (await run.Server.SayAsync("ZCARD", "schedule"), await run.Server.SayAsync("ZCARD", "retry")));
    }

    [Fact]
    public async Task A_dry_run_says_all_that_and_touches_nothing()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.SidekiqAsync(run.Server);
        var before = await run.Server.SayAsync("LRANGE", "queue:mails", "0", "-1");

        var report = await run.ReportAsync("sidekiq", [.. Map, "--dry-run"]);

        // whether there is a kind, only a submit tells
        Assert.Equal((true, 14, 3), (report.DryRun, report.Imported, report.Left));
        Assert.Empty(await run.JobsAsync());
        Assert.Equal(before, await run.Server.SayAsync("LRANGE", "queue:mails", "0", "-1"));
    }

    [Fact]
    public async Task A_process_that_lives_is_not_worked_beside()
    {
        await using var run = await ImportRun.StartAsync();
        await run.Server.SayAsync("SADD", "processes", "host:1:abc");
        await run.Server.SayAsync("HSET", "host:1:abc", "busy", "0");

        Assert.Equal(ExitCode.Conflict, (await run.AsAsync("sidekiq")).Code);
    }
}
