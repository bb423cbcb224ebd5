using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Node;

/// <summary>Schedules of a real process on the embedded store: over kill -9 and restart, and from configuration.</summary>
public sealed class ScheduleNodeTests
{
    [Fact]
    public async Task Each_time_fires_once_over_kills_and_restarts()
    {
        await using var node = await NodePlace.StartNewAsync();
        await node.Client.PutScheduleAsync("tick", new PutSchedule
        {
            Every = TimeSpan.FromSeconds(1),
            Job = SubmitJob.Of("builtin.echo", 1),
            Misfire = "all",
        });
        for (var life = 0; life < 3; life++)
        {
            var fired = (await node.Client.GetScheduleAsync("tick")).Fired;
            await UntilAsync(node, schedule => schedule.Fired >= fired + 2);
            await node.Process.KillAsync();
            await node.StartAsync();
        }

        await node.Client.PauseScheduleAsync("tick");
        var end = await UntilAsync(node, schedule => schedule.Running.Count == 0);
        var jobs = (await node.Client.ListJobsAsync(new JobQuery { Kind = "builtin.echo", Limit = 1000 })).Items;

        Assert.Equal((0, 0), (end.MissedFirings, end.SkippedFirings));
        Assert.Equal(end.Fired, jobs.Count);
        Assert.All(jobs, job => Assert.Equal("Completed", job.State));
        var times = jobs.Select(job => DateTimeOffset.Parse(job.Meta["nominal"], System.Globalization.CultureInfo.InvariantCulture)).Order().ToArray();
        Assert.Equal(Enumerable.Range(0, times.Length).Select(second => times[0].AddSeconds(second)), times); // none twice, none left out
    }

    [Fact]
    public async Task The_configuration_creates_changes_and_removes_what_is_its_own()
    {
        const string Configured = """{"ActorJobs":{"Schedules":{"a":{"Every":"PT1H","Job":{"Kind":"builtin.echo","Args":{"n":5,"on":true,"list":["x"],"code":"\"007\""}}},"b":{"Cron":"0 3 * * *","Job":{"Kind":"builtin.echo"}}}}}""";
        await using var node = new NodePlace();
        node.Write("appsettings.json", Configured);
        await node.StartAsync();
        await node.Client.PutScheduleAsync("mine", new PutSchedule { Every = TimeSpan.FromHours(1), Job = SubmitJob.Of("builtin.echo", 1) });
        var first = await IdsAsync(node, ["a", "b", "mine"]);
        await node.Client.PauseScheduleAsync("a", "not now");
        var refused = await Assert.ThrowsAsync<ActorJobsApiException>(() => node.Client.DeleteScheduleAsync("a"));
        node.Process.Terminate();
        await node.Process.ExitCodeAsync();

        node.Write("appsettings.json", Configured.Replace("PT1H", "PT2H", StringComparison.Ordinal).Replace("\"b\"", "\"c\"", StringComparison.Ordinal));
        await node.StartAsync();
        var second = await IdsAsync(node, ["a", "c", "mine"]);

        Assert.Equal("configured", refused.Problem?.Code);
        Assert.Equal("""{"code":"007","list":["x"],"n":5,"on":true}""", first[0].Job.Args?.GetRawText());
        Assert.Equal((TimeSpan.FromHours(2), "not now", "Configuration"), (second[0].Every, second[0].PauseReason, second[0].Source));
        Assert.Equal("Api", second[2].Source);
    }

    [Fact]
    public async Task A_wrong_schedule_in_the_configuration_is_told_with_its_key_and_the_node_does_not_start()
    {
        await using var node = new NodePlace();
        var process = node.Run(["--urls=http://127.0.0.1:0", "--ActorJobs:Schedules:x:Cron=0 25 * * *", "--ActorJobs:Schedules:x:Job:Kind=builtin.echo"]);

        Assert.NotEqual(0, await process.ExitCodeAsync());
        Assert.Contains("ActorJobs:Schedules:x:cron", process.Errors, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<IReadOnlyList<Schedule>> IdsAsync(NodePlace node, string[] expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var items = (await node.Client.ListSchedulesAsync(cancellationToken: patience.Token)).Items;
            if (items.Select(item => item.Id).SequenceEqual(expected))
                return items;
        }
    }

    // each look is a request to the node, so this is no spinning loop; it is bounded by time
    private static async Task<Schedule> UntilAsync(NodePlace node, Func<Schedule, bool> match)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var schedule = await node.Client.GetScheduleAsync("tick", patience.Token);
            if (match(schedule))
                return schedule;
        }
    }
}
