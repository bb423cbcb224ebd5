using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Queries;

/// <summary>Lists of jobs, page by page, while the jobs go on living.</summary>
public sealed class JobListsTests
{
    private readonly ScriptedKind work = new("work");

    [Fact]
    public async Task Every_job_is_listed_once_whatever_the_size_of_the_page()
    {
        await using var node = await StartAsync();
        var submitted = await SubmitManyAsync(node);

        foreach (var limit in new[] { 1, 2, 3, 7, 1000 })
            Assert.Equal(submitted.Order(), (await AllAsync(node, new(), limit)).Select(view => view.Id.Value).Order());
    }

    [Fact]
    public async Task Filters_may_be_combined()
    {
        await using var node = await StartAsync();
        await SubmitManyAsync(node);

        Assert.All(await AllAsync(node, new(State: JobStatus.Available), 3), view => Assert.Equal(JobStatus.Available, view.State));
        Assert.Equal(10, (await AllAsync(node, new(Queue: "mail"), 3)).Count);
        Assert.Equal(5, (await AllAsync(node, new(Tag: "even", Queue: "mail"), 3)).Count);
        Assert.Equal(5, (await AllAsync(node, new(Tenant: "acme", Tag: "even", Kind: "work", Queue: "default"), 3)).Count);
        Assert.Empty(await AllAsync(node, new(Tenant: "nobody"), 3));
        Assert.Empty(await AllAsync(node, new(Kind: "builtin.echo"), 3));
    }

    // whole lists come and go between two pages: a cursor must still mean the place it was made at
    [Fact]
    public async Task Jobs_that_stay_as_they_are_are_listed_once_while_others_move()
    {
        await using var node = await StartAsync(slots: 2);
        var still = new List<string>();
        for (var number = 0; number < 12; number++)
            still.Add((await node.SubmitAsync(work.Request($"still-{number}") with { RunAt = node.Time.GetUtcNow().AddDays(1 + number) })).Value);
        var moving = await node.SubmitAsync(work.Request("running"));
        var waiting = await node.SubmitAsync(work.Request("waiting") with { Priority = 9, Queue = "paused" });

        var seen = new List<string>();
        string? cursor = null;
        for (var page = 0; page == 0 || cursor is not null; page++)
        {
            var items = await node.Queries.ListAsync(new(), cursor, 3);
            seen.AddRange(items.Items.Select(view => view.Id.Value));
            cursor = items.Next;
            if (page == 0)
                foreach (var attempt in work.Open) // no job runs any more, nor is one available
                    attempt.Complete();
            else if (page == 2)
                await node.SubmitAsync(work.Request("new") with { Priority = 3 });
            node.Run();
        }

        Assert.Equal(still, seen.Where(id => id.StartsWith("still", StringComparison.Ordinal)));
        Assert.Equal(JobStatus.Completed, (await node.ViewAsync(moving)).State);
        Assert.Equal(JobStatus.Completed, (await node.ViewAsync(waiting)).State);
    }

    [Fact]
    public async Task What_is_under_way_comes_first_then_what_waits_then_what_has_ended_last_ended_first()
    {
        await using var node = await StartAsync(slots: 1);
        foreach (var id in new[] { "first", "second" })
        {
            await node.SubmitAsync(JobRequest.Of("builtin.echo", 1) with { Id = new(id) });
            node.Advance(TimeSpan.FromSeconds(1));
        }

        await node.SubmitAsync(work.Request("running"));
        await node.SubmitAsync(work.Request("low") with { Priority = 1 });
        await node.SubmitAsync(work.Request("high") with { Priority = 8 });
        await node.SubmitAsync(work.Request("later") with { RunAt = node.Time.GetUtcNow().AddHours(2) });
        await node.SubmitAsync(work.Request("soon") with { RunAt = node.Time.GetUtcNow().AddHours(1) });

        Assert.Equal(["running", "high", "low", "soon", "later", "second", "first"], (await AllAsync(node, new(), 2)).Select(view => view.Id.Value));
    }

    [Fact]
    public async Task A_page_has_bounds_and_a_cursor_a_form()
    {
        await using var node = await StartAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.Queries.ListAsync(new(), null, 0).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.Queries.ListAsync(new(), null, 1001).AsTask());
        await Assert.ThrowsAsync<FormatException>(() => node.Queries.ListAsync(new(), "nonsense", 1).AsTask());
    }

    private async Task<IReadOnlyList<string>> SubmitManyAsync(TestNode node)
    {
        var ids = new List<string>();
        for (var number = 0; number < 20; number++)
        {
            ids.Add((await node.SubmitAsync(work.Request($"job-{number}") with
            {
                Queue = number < 10 ? "mail" : "default",
                Priority = number % 3,
                Tags = number % 2 == 0 ? ["even"] : ["odd", "not-even"],
                Tenant = "acme",
                RunAt = number % 5 == 0 ? node.Time.GetUtcNow().AddHours(1) : null,
            })).Value);
        }

        return ids;
    }

    private static async Task<IReadOnlyList<JobView>> AllAsync(TestNode node, JobFilter filter, int limit)
    {
        var all = new List<JobView>();
        string? cursor = null;
        do
        {
            var page = await node.Queries.ListAsync(filter, cursor, limit);
            Assert.InRange(page.Items.Count, 0, limit);
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    private Task<TestNode> StartAsync(int slots = 4) => TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Slots = slots });
}
