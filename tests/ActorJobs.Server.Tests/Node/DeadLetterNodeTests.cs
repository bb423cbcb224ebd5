using System.Net;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Node;

/// <summary>Dead letters through the front door of a node with its store on disk: looked at, tried, mended, taken back, and all of that over a kill.</summary>
public sealed class DeadLetterNodeTests
{
    private static readonly JsonElement Mended = JsonSerializer.SerializeToElement(new { times = 0, message = (string?)null });

    [Fact]
    public async Task A_cause_is_found_mended_on_a_few_and_then_on_all()
    {
        await using var node = await NodePlace.StartNewAsync();
        await DieAsync(node, "q", [.. Enumerable.Range(1, 6).Select(number => $"cannot open /data/{number * 111}.txt"), "out of paper"]);

        var groups = await node.Client.ListDeadGroupsAsync();
        var cause = groups.Items[0];
        var retry = new BulkAction { Action = "retry", Filter = new BulkFilter(State: "Discarded", Signature: cause.Signature), Edit = Mended, Reason = "disk is back" };
        var dry = await node.Client.RunBulkAsync(retry with { DryRun = true, Limit = 2 });
        var few = await EndOfAsync(node, await node.Client.RunBulkAsync(retry with { Limit = 2 }));
        var left = await node.Client.ListDeadGroupsAsync(new BulkFilter(Queue: "q"));
        var all = await EndOfAsync(node, await node.Client.RunBulkAsync(retry));
        var after = await node.Client.ListDeadGroupsAsync();
        var listed = await node.Client.ListJobsAsync(new JobQuery { State = "Discarded", Signature = after.Items[0].Signature });

        Assert.Equal([6, 1], groups.Items.Select(group => group.Count));
        Assert.Equal((7, false, 0), (groups.Examined, groups.Cut, groups.Omitted));
        Assert.Equal(("cannot open /data/#.txt", "builtin.fail", "q"), (cause.Message, Assert.Single(cause.Kinds), Assert.Single(cause.Queues)));
        Assert.True(cause.FirstSeen <= cause.LastSeen);
        Assert.Equal((2, 2), (dry.Count, dry.Edits.Count));
        Assert.Equal((99, """{"times":0}"""), (dry.Edits[0].Before.GetProperty("times").GetInt32(), dry.Edits[0].After.GetRawText()));
        Assert.Equal((2, 0, true), few);
        Assert.Equal([4, 1], left.Items.Select(group => group.Count));
        Assert.Equal((4, 0, false), all);
        Assert.Equal("out of paper", Assert.Single(after.Items).Message);
        Assert.Equal("out of paper", Assert.Single(listed.Items).Error!.Message);
        Assert.Equal(6, (await node.Client.ListJobsAsync(new JobQuery { Queue = "q", State = "Completed" })).Items.Count);
        Assert.Contains((await node.Client.ListAuditAsync()).Items, entry => entry is { Action: "jobs.bulk", Reason: "disk is back" } && entry.Details!.Contains(cause.Signature, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_done_is_taken_back_where_nothing_has_happened_since()
    {
        await using var node = await NodePlace.StartNewAsync();
        var ids = await DieAsync(node, "q", ["a 1", "a 2", "a 3", "a 4"]);
        var before = await node.Client.GetJobAsync(ids[0]);
        await node.Client.PauseQueueAsync("q");
        var dead = new BulkFilter(State: "Discarded", Queue: "q");

        var retry = await node.Client.RunBulkAsync(new BulkAction { Action = "retry", Filter = dead, Edit = Mended });
        await EndOfAsync(node, retry);
        var retried = await node.Client.GetJobAsync(ids[0]);
        await node.Client.CancelAsync(ids[3], "this one stays away");
        await node.Process.KillAsync();
        await node.StartAsync();
        var dry = await node.Client.UndoBulkAsync(retry.Id!, new BulkUndo(DryRun: true));
        var undo = await node.Client.UndoBulkAsync(retry.Id!, new BulkUndo("a mistake"));
        var undone = await EndOfAsync(node, undo);
        var after = await node.Client.GetJobAsync(ids[0]);

        Assert.Equal(("Available", retry.Id, """{"times":0}"""), (retried.State, retried.ActionId, retried.Args!.Value.GetRawText()));
        Assert.Equal((3, (string?)null), (dry.Count, dry.Id));
        Assert.Equal((3, 0, false), undone);
        Assert.Equal(("Discarded", before.FinishedAt, before.Args!.Value.GetRawText(), null), (after.State, after.FinishedAt, after.Args!.Value.GetRawText(), after.ActionId));
        Assert.Equal("Cancelled", (await node.Client.GetJobAsync(ids[3])).State);
        Assert.Contains((await node.Client.ListAuditAsync()).Items, entry => entry is { Action: "jobs.undo", Reason: "a mistake" } && entry.Target == retry.Id);

        var dismissal = await node.Client.RunBulkAsync(new BulkAction { Action = "dismiss", Filter = dead, Reason = "known" });
        Assert.Equal((3, 0, false), await EndOfAsync(node, dismissal));
        Assert.Equal("Cancelled", (await node.Client.GetJobAsync(ids[0])).State);
        Assert.Equal((3, 0, false), await EndOfAsync(node, await node.Client.UndoBulkAsync(dismissal.Id!)));
        Assert.Equal("Discarded", (await node.Client.GetJobAsync(ids[0])).State);

        var refused = await Assert.ThrowsAsync<ActorJobsApiException>(() => node.Client.UndoBulkAsync(undo.Id!));
        var unknown = await Assert.ThrowsAsync<ActorJobsApiException>(() => node.Client.UndoBulkAsync(ids[0]));
        Assert.Equal((HttpStatusCode.Conflict, "undo-of-undo", HttpStatusCode.NotFound), (refused.Status, refused.Problem?.Code, unknown.Status));
    }

    [Fact]
    public async Task A_rate_is_kept_and_goes_on_after_a_kill()
    {
        const int Jobs = 24;
        const double PerSecond = 4;
        await using var node = await NodePlace.StartNewAsync();
        var ids = await DieAsync(node, "q", [.. Enumerable.Range(0, Jobs).Select(number => $"a {number}")]);
        var newest = (await node.Client.ListJobsAsync(new JobQuery { State = "Discarded", Queue = "q" })).Items[0].Id;

        var retry = await node.Client.RunBulkAsync(
            new BulkAction { Action = "retry", Filter = new BulkFilter(State: "Discarded", Queue: "q"), Edit = Mended, PerSecond = PerSecond });
        await EndOfAsync(node, retry);
        await node.UntilAsync(newest, job => job.State == "Completed"); // it is the first
        await node.Process.KillAsync();
        await node.StartAsync();
        var ended = new List<Job>();
        foreach (var id in ids)
            ended.Add(await node.UntilAsync(id, job => job.HasEnded()));

        Assert.All(ended, job => Assert.Equal(("Completed", 2), (job.State, job.Attempt)));
        var starts = ended.Select(job => job.StartedAt!.Value).Order().ToArray();
        Assert.True(starts[^1] - starts[0] >= TimeSpan.FromSeconds(((Jobs - 1) / PerSecond) - 0.5), $"all started within {starts[^1] - starts[0]}");
    }

    [Fact]
    public async Task An_action_that_lays_out_jobs_far_ahead_is_stopped_by_taking_it_back()
    {
        await using var node = await NodePlace.StartNewAsync();
        var ids = await DieAsync(node, "q", [.. Enumerable.Range(0, 130).Select(number => $"a {number}")]);

        var retry = await node.Client.RunBulkAsync(
            new BulkAction { Action = "retry", Filter = new BulkFilter(State: "Discarded", Queue: "q"), Edit = Mended, PerSecond = 0.5 });
        await node.UntilAsync(retry.Id!, job => job.State is "Retryable" or "Scheduled");
        var under = await node.Client.ListJobsAsync(new JobQuery { Queue = "q", State = "Scheduled", Limit = 1000 });
        await EndOfAsync(node, await node.Client.UndoBulkAsync(retry.Id!));
        var dead = await node.Client.ListJobsAsync(new JobQuery { Queue = "q", State = "Discarded", Limit = 1000 });

        Assert.InRange(under.Items.Count, 30, 100); // a minute or two of the four
        Assert.InRange(dead.Items.Count, 120, ids.Count); // but for those that had their turn
        Assert.Equal("Cancelled", (await node.Client.GetJobAsync(retry.Id!)).State);
    }

    private static async Task<IReadOnlyList<string>> DieAsync(NodePlace node, string queue, IReadOnlyList<string> messages)
    {
        var batch = await node.Client.SubmitManyAsync(
            [.. messages.Select(message => SubmitJob.Of("builtin.fail", new { times = 99, message }) with { Queue = queue, MaxAttempts = 1 })]);
        foreach (var id in batch.Ids)
            await node.UntilAsync(id!, job => job.State == "Discarded");
        return [.. batch.Ids.Select(id => id!)];
    }

    private static async Task<(int Changed, int Refused, bool LimitReached)> EndOfAsync(NodePlace node, BulkReceipt receipt)
    {
        var job = await node.UntilAsync(receipt.Id!, job => job.HasEnded());
        Assert.True(job.State == "Completed", $"{job.State}: {job.Error?.Message}");
        var result = job.Result!.Value;
        return (result.GetProperty("changed").GetInt32(), result.GetProperty("refused").GetInt32(), result.GetProperty("limitReached").GetBoolean());
    }
}
