using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Engine;

/// <summary>What operators do to many jobs, what is written down about it, and what a user's summary counts, on the real engine.</summary>
public sealed class OperationTests
{
    [Fact]
    public async Task A_bulk_cancel_meets_what_matches_and_nothing_else()
    {
        await using var host = await EngineHost.StartAsync();
        await host.Client.PauseQueueAsync("quiet");
        await host.Client.SubmitManyAsync([.. Enumerable.Range(0, 1200).Select(number => new SubmitJob { Kind = "builtin.echo", Queue = "quiet", Tenant = number % 2 == 0 ? "ada" : "bob" })]);
        var filter = new BulkFilter(Queue: "quiet", Tenant: "ada");

        var dry = await host.Client.RunBulkAsync(new BulkAction { Action = "cancel", Filter = filter, DryRun = true });
        var unchanged = await host.Client.GetUserSummaryAsync("ada");
        var real = await host.Client.RunBulkAsync(new BulkAction { Action = "cancel", Filter = filter, Reason = "the customer left" });
        var done = await host.EndOfAsync(real.Id!);
        var again = await host.EndOfAsync((await host.Client.RunBulkAsync(new BulkAction { Action = "cancel", Filter = filter })).Id!);
        var (ada, bob) = (await host.Client.GetUserSummaryAsync("ada"), await host.Client.GetUserSummaryAsync("bob"));
        var one = await host.Client.GetJobAsync(dry.Sample[0].Id);

        Assert.Equal((600, false, 10), (dry.Count, dry.CountIsLowerBound, dry.Sample.Count));
        Assert.All(dry.Sample, job => Assert.Equal("ada", job.Tenant));
        Assert.Equal((600, 600), (unchanged.Total, unchanged.InProgress));
        Assert.Equal((600, 0, false), (done.Result!.Value.GetProperty("changed").GetInt32(), done.Result.Value.GetProperty("refused").GetInt32(), done.Result.Value.GetProperty("limitReached").GetBoolean()));
        Assert.Equal(0, again.Result!.Value.GetProperty("changed").GetInt32());
        Assert.Equal((600, 600, 0), (ada.Total, ada.Cancelled, ada.InProgress));
        Assert.Equal((600, 0, 600), (bob.Total, bob.Cancelled, bob.InProgress));
        Assert.Equal("Cancelled", one.State);
    }

    [Fact]
    public async Task A_bulk_retry_runs_each_dead_letter_once_even_when_it_fails_again()
    {
        await using var host = await EngineHost.StartAsync();
        var batch = await host.Client.SubmitManyAsync([.. Enumerable.Range(0, 20).Select(_ => SubmitJob.Of("builtin.fail", new { Times = 99 }) with { MaxAttempts = 1, Tags = ["night"] })]);
        foreach (var id in batch.Ids)
            await host.EndOfAsync(id);

        var receipt = await host.Client.RunBulkAsync(new BulkAction { Action = "retry", Filter = new BulkFilter(State: "Discarded", Tag: "night") });
        var done = await host.EndOfAsync(receipt.Id!);
        var jobs = new List<Job>();
        foreach (var id in batch.Ids)
            jobs.Add(await host.EndOfAsync(id));

        Assert.Equal(20, receipt.Count);
        Assert.Equal(20, done.Result!.Value.GetProperty("changed").GetInt32());
        Assert.All(jobs, job => Assert.Equal(("Discarded", 2), (job.State, job.Attempt)));
    }

    [Fact]
    public async Task The_log_of_actions_is_read_newest_first_page_by_page()
    {
        await using var host = await EngineHost.StartAsync();
        for (var number = 0; number < 7; number++)
            await host.Client.PauseQueueAsync($"q{number}");
        await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.CancelAsync("nobody", "a mistake"));

        var items = new List<AuditEntry>();
        string? cursor = null;
        do
        {
            var page = await host.Client.ListAuditAsync(cursor, limit: 3);
            items.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(8, items.Count);
        Assert.Equal(8, items.Select(item => item.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(items.OrderByDescending(item => item.At.ToUnixTimeMilliseconds()).Select(item => item.At.ToUnixTimeMilliseconds()), items.Select(item => item.At.ToUnixTimeMilliseconds()));
        var refused = Assert.Single(items, item => item.Action == "job.cancel");
        Assert.Equal(("local", "nobody", "a mistake", "Refused"), (refused.Who, refused.Target, refused.Reason, refused.Outcome));
        Assert.All(items.Except([refused]), item => Assert.Equal(("queue.pause", "Done"), (item.Action, item.Outcome)));
        await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.ListAuditAsync("12.x"));
    }

    [Fact]
    public async Task A_users_summary_counts_every_state_as_it_is()
    {
        await using var host = await EngineHost.StartAsync();
        var user = "ada lovelace";
        var ok = await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Tenant = user });
        var bad = await host.Client.SubmitAsync(SubmitJob.Of("builtin.fail", new { Times = 9 }) with { Tenant = user, MaxAttempts = 1 });
        await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Tenant = user, Delay = TimeSpan.FromHours(1) });
        await host.EndOfAsync(ok.Id);
        await host.EndOfAsync(bad.Id);

        var summary = await host.Client.GetUserSummaryAsync(user);
        var nobody = await host.Client.GetUserSummaryAsync("nobody");
        var listed = await host.Client.ListJobsAsync(new JobQuery { Tenant = user });
        var ended = await host.Client.ListJobsAsync(new JobQuery { Tenant = user, State = "Discarded" });

        Assert.Equal((3, 1, 1, 0, 1), (summary.Total, summary.Completed, summary.Failed, summary.Cancelled, summary.InProgress));
        Assert.Equal(
            new Dictionary<string, long> { ["Completed"] = 1, ["Discarded"] = 1, ["Scheduled"] = 1 }, summary.States.ToDictionary());
        Assert.Equal(0, nobody.Total);
        Assert.Equal(3, listed.Items.Count);
        Assert.Equal(bad.Id, Assert.Single(ended.Items).Id);
    }
}
