using System.Net;
using System.Text;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Engine;

/// <summary>Schedules through the front door and the real engine.</summary>
public sealed class ScheduleEngineTests
{
    private static readonly PutSchedule EverySecond = new() { Every = TimeSpan.FromSeconds(1), Job = SubmitJob.Of("builtin.echo", new { n = 1 }) };

    [Fact]
    public async Task A_schedule_is_put_fires_is_seen_and_is_deleted()
    {
        await using var host = await EngineHost.StartAsync();

        var put = await host.Client.PutScheduleAsync("tick", EverySecond);
        var seen = await UntilAsync(host, "tick", schedule => schedule.Recent.Count >= 2);
        var again = await host.Client.PutScheduleAsync("tick", EverySecond);
        var listed = await host.Client.ListSchedulesAsync();
        var page = await host.Http.GetStringAsync("/schedules/tick");
        var list = await host.Http.GetStringAsync("/schedules");
        var job = await host.Client.GetJobAsync(seen.Recent[0].Job!);

        Assert.Equal((10, "once", "allow", "UTC", "Api"), (put.Next.Count, put.Misfire, put.Overlap, put.Zone, put.Source));
        Assert.Equal(put.ChangedAt, again.ChangedAt);
        Assert.Equal(seen.Recent.Count, seen.Recent.Select(firing => firing.Nominal).Distinct().Count());
        Assert.All(seen.Recent, firing => Assert.Equal(("Completed", "Schedule"), (firing.Outcome, firing.Origin)));
        Assert.Equal(("tick", seen.Recent[0].Nominal), (job.ScheduleId, DateTimeOffset.Parse(job.Meta["nominal"], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("tick", Assert.Single(listed.Items).Id);
        Assert.Contains("Next firings", page, StringComparison.Ordinal);
        Assert.Contains("/schedules/tick", list, StringComparison.Ordinal);
        await host.Client.DeleteScheduleAsync("tick");
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.GetScheduleAsync("tick"))).Status);
    }

    [Fact]
    public async Task What_a_schedule_shows_can_be_put_again()
    {
        await using var host = await EngineHost.StartAsync();
        var schedule = new PutSchedule
        {
            Cron = "0 30 2 ? * MON-FRI",
            Zone = "Europe/Berlin",
            Job = SubmitJob.Of("builtin.echo", new { n = 1 }) with { Priority = 9, Backoff = new BackoffRule { Type = "list", Delays = [TimeSpan.FromSeconds(10)] }, Tags = ["t"] },
            Misfire = "all",
            MisfireWindow = TimeSpan.FromHours(6),
            Overlap = "bufferOne",
            Jitter = TimeSpan.FromSeconds(30),
            Exclude = ["--12-25"],
            Skipped = "skip",
            Repeated = "both",
            Description = "nightly",
            Paused = true,
        };

        var first = await host.Client.PutScheduleAsync("nightly", schedule);
        var again = await host.Client.PutScheduleAsync("nightly", new PutSchedule
        {
            Cron = first.Cron,
            Zone = first.Zone,
            Job = first.Job,
            Misfire = first.Misfire,
            MisfireWindow = first.MisfireWindow,
            Overlap = first.Overlap,
            Jitter = first.Jitter,
            Exclude = first.Exclude,
            Skipped = first.Skipped,
            Repeated = first.Repeated,
            Description = first.Description,
            Paused = first.Paused,
        });

        Assert.Equal((first.ChangedAt, true, "Europe/Berlin"), (again.ChangedAt, again.Paused, again.Zone));
        Assert.Equal(9, again.Job.Priority);
    }

    [Fact]
    public async Task Operators_steer_a_schedule_and_it_is_audited()
    {
        await using var host = await EngineHost.StartAsync();
        await host.Client.PutScheduleAsync("yearly", new PutSchedule { Cron = "0 0 1 1 *", Job = SubmitJob.Of("builtin.sleep", new { ms = 600_000 }), Overlap = "skip" });

        var paused = await host.Client.PauseScheduleAsync("yearly", "maintenance");
        var fired = await host.Client.TriggerScheduleAsync("yearly", "once-only");
        var again = await host.Client.TriggerScheduleAsync("yearly", "once-only");
        var refused = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.TriggerScheduleAsync("yearly"));
        var resumed = await host.Client.ResumeScheduleAsync("yearly");
        var backfill = await host.Client.BackfillScheduleAsync(
            "yearly", new Backfill(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero)));
        var ended = await host.Client.CancelBackfillAsync("yearly");
        var audit = await host.Client.ListAuditAsync();

        Assert.Equal("maintenance", paused.PauseReason);
        Assert.Equal(fired.Job, again.Job);
        Assert.Equal((HttpStatusCode.Conflict, "overlap"), (refused.Status, refused.Problem?.Code));
        Assert.Null(resumed.PausedAt);
        Assert.Equal(5, backfill.Firings);
        Assert.Null(ended.Backfill);
        Assert.Equal(
            ["schedule.backfill", "schedule.backfill-cancel", "schedule.pause", "schedule.put", "schedule.resume", "schedule.trigger"],
            audit.Items.Select(entry => entry.Action).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"cron":"0 25 * * *","job":{"kind":"builtin.echo"}}""", "invalid-cron", "/cron")]
    [InlineData("""{"cron":"1,2,,3 * * * *","job":{"kind":"builtin.echo"}}""", "invalid-cron", "/cron")]
    [InlineData("""{"cron":"59-0 * * * *","job":{"kind":"builtin.echo"}}""", "invalid-cron", "/cron")]
    [InlineData("""{"cron":"@daily","job":{"kind":"builtin.echo"}}""", "invalid-cron", "/cron")]
    [InlineData("""{"cron":"* * *","job":{"kind":"builtin.echo"}}""", "invalid-cron", "/cron")]
    [InlineData("""{"cron":"0 0 30 2 *","job":{"kind":"builtin.echo"}}""", "never-fires", "/cron")]
    [InlineData("""{"cron":"* * * * *","every":"PT1M","job":{"kind":"builtin.echo"}}""", "contradiction", "/every")]
    [InlineData("""{"every":"PT0.5S","job":{"kind":"builtin.echo"}}""", "invalid-field", "/every")]
    [InlineData("""{"every":"PT1M","zone":"Mars/Base","job":{"kind":"builtin.echo"}}""", "invalid-field", "/zone")]
    [InlineData("""{"every":"PT1M","overlap":"queue","job":{"kind":"builtin.echo"}}""", "wrong-type", "/overlap")]
    [InlineData("""{"every":"PT1M","exclude":["someday"],"job":{"kind":"builtin.echo"}}""", "invalid-field", "/exclude")]
    [InlineData("""{"every":"PT1M","job":{"kind":"nobody"}}""", "unknown-kind", "/job/kind")]
    [InlineData("""{"every":"PT1M","job":{"kind":"builtin.echo","unique":{"key":"k"}}}""", "invalid-field", "/job/unique")]
    [InlineData("""{"every":"PT1M","job":{"kind":"builtin.echo","delay":"PT1M"}}""", "invalid-field", "/job/delay")]
    [InlineData("""{"every":"PT1M","job":{"kind":"builtin.echo","runAt":"2030-01-01T00:00:00Z"}}""", "invalid-field", "/job/runAt")]
    [InlineData("""{"every":"PT1M","job":{"kind":"builtin.echo","priority":12}}""", "invalid-field", "/job/priority")]
    [InlineData("""{"every":"PT1M"}""", "missing-field", "/job")]
    [InlineData("""{"every":"PT1M","job":{"kind":"builtin.echo"},"color":1}""", "unknown-field", "/color")]
    public async Task A_wrong_schedule_is_refused_by_its_field(string body, string code, string place)
    {
        await using var host = await EngineHost.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var (status, problem, _) = await FrontDoorHost.ReadAsync(await host.Http.PutAsync(new Uri("/api/v1/schedules/x", UriKind.Relative), content));

        Assert.Equal((400, code, place), (status, problem.GetProperty("code").GetString(), problem.GetProperty("pointer").GetString()));
    }

    // each look is a request to the node, so this is no spinning loop; it is bounded by time
    private static async Task<Schedule> UntilAsync(EngineHost host, string id, Func<Schedule, bool> match)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var schedule = await host.Client.GetScheduleAsync(id, patience.Token);
            if (match(schedule))
                return schedule;
        }
    }
}
