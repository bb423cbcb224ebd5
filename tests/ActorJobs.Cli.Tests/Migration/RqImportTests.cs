namespace ActorJobs.Cli.Tests.Migration;

/// <summary>Queues that RQ's own client wrote.</summary>
public sealed class RqImportTests
{
    private static readonly DateTimeOffset Later = new(2100, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_queue_is_drained_with_all_that_its_jobs_say()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.RqAsync(run.Server);
        await run.Node.Client.PauseQueueAsync("mails"); // a job that has begun need not begin any more

        var report = await run.ReportAsync("rq", "--map", "app.send=builtin.echo(to,subject)", "--to", "mails");
        var jobs = await run.JobsAsync();

        Assert.Equal(8, report.Imported);
        Assert.Equal(report.Imported, jobs.Count);
        Assert.Equal(report.Found, report.Imported + report.Left);
        Assert.All(jobs.Values, job => Assert.Equal(("builtin.echo", "mails"), (job.Kind, job.Queue)));
        ImportRun.AssertJson("""{"to":"ada@example.org","subject":"Grüße 🎉"}""", jobs["plain"].Args);
        ImportRun.AssertJson("""{"to":"bob","nested":{"list":[1,2.5,null,true,false,[1,2]],"big":1208925819614629174706176,"negative":-5,"empty":{}}}""", jobs["named"].Args);
        ImportRun.AssertJson($$$"""{"to":[["same"],["same"]],"subject":{"subject":"{{{new string('x', 70_000)}}}"}}""", jobs["shared"].Args);
        ImportRun.AssertJson("""{"to":"json"}""", jobs["json"].Args);
        Assert.Equal(("rq:plain:", "app.send"), (jobs["plain"].Id[..9], jobs["plain"].Meta["imported.function"]));
        Assert.Matches("^rq:[0-9a-f]{32}$", jobs["odd id/with slash"].Id);
        Assert.Equal((4, "a tuned one", """{"user":7}"""), (jobs["tuned"].MaxAttempts, jobs["tuned"].Meta["rq.description"], jobs["tuned"].Meta["rq.meta"]));
        Assert.Equal(("Scheduled", Later), (jobs["scheduled"].State, jobs["scheduled"].RunAt));
        Assert.All(jobs.Values.Where(job => job.RunAt is null), job => Assert.Equal("mails", job.Queue));
        var tuned = (await run.Node.Client.ExportJobsAsync(new() { Kind = "builtin.echo", Limit = 100 })).Items.Single(job => job.GetProperty("id").GetString() == jobs["tuned"].Id);
        Assert.Equal("PT1M30S", tuned.GetProperty("timeout").GetString());
        ImportRun.AssertJson("""{"type":"list","delays":["PT10S","PT1M"]}""", tuned.GetProperty("backoff"));
        Assert.True(tuned.GetProperty("startBy").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddHours(23));
    }

    [Fact]
    public async Task What_cannot_be_carried_over_stays_with_a_reason_and_nothing_is_left_of_the_rest()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.RqAsync(run.Server);

        var report = await run.ReportAsync("rq", "--map", "app.send=builtin.echo(to,subject)");

        ImportRun.AssertLeft(
            report,
            ("object", "datetime.datetime"), ("object2", "datetime.timedelta"), ("bytes", "bytes"), ("set", "set"), ("key", "key that is no text (int)"), ("nan", "infinite"),
            ("unknown", "--map 'app.unknown=KIND'"), ("many", "3 arguments by place, and --map names 2"), ("callback", "print"), ("first", "wait for its end"),
            ("second", "it waits for [\"first\"]"), ("cycle", "hold themselves"), ("bomb", "MiB"), ("gone", "nothing of it any more"));
        string[] stay = ["object", "object2", "bytes", "set", "key", "nan", "unknown", "many", "callback", "first", "second", "cycle", "bomb"];
        Assert.Equal(stay.Order(StringComparer.Ordinal), (await HashesAsync(run)).Order(StringComparer.Ordinal));
        Assert.Equal("", await run.Server.SayAsync("ZRANGE", "rq:scheduled:mails", "0", "-1"));
        Assert.Equal(stay.Length - 1 + 1, int.Parse(await run.Server.SayAsync("LLEN", "rq:queue:mails"), System.Globalization.CultureInfo.InvariantCulture)); // without second, with gone
    }

    [Fact]
    public async Task What_later_versions_of_RQ_add_is_not_dropped_unseen()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.RqAsync(run.Server, "2");
        await run.Server.SayAsync("HSET", "rq:job:job-1", "repeats_left", "3"); // RQ 1.17

        ImportRun.AssertLeft(await run.ReportAsync("rq", "--map", "app.send=builtin.echo"), ("job-1", "it repeats itself"));
        Assert.Contains("Nothing of a queue 'mials' lies there", (await CliRun.OfAsync(run.Node.Url, ["import", "rq", "--redis", run.Server.Address, "--queue", "mials", "--dry-run"])).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_lives_is_not_worked_beside_unless_told_so()
    {
        await using var run = await ImportRun.StartAsync();
        await run.Server.SayAsync("SADD", "rq:workers:mails", "rq:worker:alive", "rq:worker:dead");
        await run.Server.SayAsync("HSET", "rq:worker:alive", "state", "idle");

        var refused = await run.AsAsync("rq");

        Assert.Equal(ExitCode.Conflict, refused.Code);
        Assert.Contains("rq:worker:alive", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("rq:worker:dead", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await run.AsAsync("rq", "--beside-workers")).Code);
    }

    private static async Task<IEnumerable<string>> HashesAsync(ImportRun run) =>
        (await run.Server.SayAsync("KEYS", "rq:job:*")).Split('\n').Where(key => !key.EndsWith(":dependents", StringComparison.Ordinal) && !key.EndsWith(":dependencies", StringComparison.Ordinal))
            .Select(key => key["rq:job:".Length..]);
}
