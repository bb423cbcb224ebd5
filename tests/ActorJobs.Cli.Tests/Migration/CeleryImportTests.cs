namespace ActorJobs.Cli.Tests.Migration;

/// <summary>Queues that Celery's own client wrote.</summary>
public sealed class CeleryImportTests
{
    private static readonly DateTimeOffset Later = new(2100, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_queue_is_drained_with_its_priorities_and_all_that_its_tasks_say()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.CeleryAsync(run.Server);
        await run.Node.Client.PauseQueueAsync("default"); // a job that has begun need not begin any more

        var report = await run.ReportAsync("celery", "--map", "app.send=builtin.echo(to,subject)");
        var jobs = await run.JobsAsync();

        Assert.Equal(12, report.Imported);
        Assert.Equal(report.Imported, jobs.Count);
        ImportRun.AssertJson("""{"to":"ada@example.org","subject":"Grüße 🎉"}""", jobs["plain"].Args);
        ImportRun.AssertJson("""{"to":"bob","nested":[1,{"a":null}]}""", jobs["named"].Args);
        ImportRun.AssertJson("""{"to":"x","subject":"both"}""", jobs["both"].Args);
        ImportRun.AssertJson("""{"to":["a","tuple"],"subject":null}""", jobs["pickle"].Args);
        ImportRun.AssertJson("""{"to":"pickled"}""", jobs["pickle-gzip"].Args);
        ImportRun.AssertJson("""{"to":"first protocol","subject":"old"}""", jobs["protocol-1"].Args);
        Assert.StartsWith("compressed compressed", jobs["gzip"].Args!.Value.GetProperty("to").GetString(), StringComparison.Ordinal);
        Assert.Equal(("Scheduled", Later), (jobs["eta"].State, jobs["eta"].RunAt));
        Assert.Equal(("Scheduled", Later), (jobs["protocol-1"].State, jobs["protocol-1"].RunAt));
        // over Redis 0 is first and the default
        Assert.Equal((5, 3, 2, 0), (jobs["priority-0"].Priority, jobs["priority-3"].Priority, jobs["priority-6"].Priority, jobs["priority-9"].Priority));
        Assert.Equal("2", jobs["both"].Meta["celery.retries"]);
        var both = (await run.Node.Client.ExportJobsAsync(new() { Limit = 100 })).Items.Single(job => job.GetProperty("id").GetString() == jobs["both"].Id);
        Assert.Equal(("PT1M30S", Later), (both.GetProperty("timeout").GetString(), both.GetProperty("startBy").GetDateTimeOffset()));
    }

    [Fact]
    public async Task What_cannot_be_carried_over_stays_with_a_reason()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.CeleryAsync(run.Server);

        var report = await run.ReportAsync("celery", "--map", "app.send=builtin.echo(to,subject)");

        ImportRun.AssertLeft(
            report,
            ("object", "datetime.datetime"), ("bzip2", "application/x-bz2"), ("expired", "expired at"), ("unknown", "--map 'app.unknown=KIND'"), ("own", "Celery's own"),
            ("callback", "it has a callback"), ("chained", "it has a chain"));
        Assert.Equal("7", await run.Server.SayAsync("LLEN", "mails"));
        Assert.Equal("0", await run.Server.SayAsync("EXISTS", "mails\u0006\u00163", "mails\u0006\u00166", "mails\u0006\u00169"));
    }

    [Fact]
    public async Task Without_names_arguments_by_place_and_by_name_cannot_be_told_apart()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.CeleryAsync(run.Server);

        var report = await run.ReportAsync("celery", "--map", "app.send=builtin.echo");
        var jobs = await run.JobsAsync();

        ImportRun.AssertJson("""["ada@example.org","Grüße 🎉"]""", jobs["plain"].Args);
        ImportRun.AssertJson("""{"to":"bob","nested":[1,{"a":null}]}""", jobs["named"].Args);
        Assert.Contains("'app.send=KIND(name1)'", report.Jobs.Single(job => job.Id == "both").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_worker_had_taken_is_carried_over_when_asked_for()
    {
        await using var run = await ImportRun.StartAsync();
        await ForeignClient.CeleryAsync(run.Server);
        Assert.Equal("1", await run.Server.SayAsync("HLEN", "unacked"));

        string[] words = ["import", "celery", "--redis", run.Server.Address, "--queue", "taken", "--into-memory", "--map", "app.send=builtin.echo"];
        await CliRun.OkAsync(run.Node, words);
        Assert.Equal("1", await run.Server.SayAsync("HLEN", "unacked"));
        await CliRun.OkAsync(run.Node, [.. words, "--unacked"]);

        Assert.Equal("0", await run.Server.SayAsync("EXISTS", "unacked", "unacked_index"));
        ImportRun.AssertJson("""["taken"]""", (await run.JobsAsync())["taken"].Args);
    }
}
