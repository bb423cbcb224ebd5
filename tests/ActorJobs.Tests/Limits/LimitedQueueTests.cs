using ActorJobs.Limits;
using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Limits;

/// <summary>Limits as users see them, on one node.</summary>
public sealed class LimitedQueueTests
{
    private readonly ScriptedKind work = new("work");

    [Fact]
    public async Task No_more_jobs_of_a_queue_run_at_once_than_its_limit()
    {
        await using var node = await StartAsync(slots: 8, configure: options => options.Queues["default"] = new QueueOptions { Concurrency = 3 });
        for (var i = 0; i < 10; i++)
            await node.SubmitAsync(work.Request($"job-{i}"));
        node.Run();

        for (var done = 0; done < 10; done++)
        {
            Assert.Equal(Math.Min(3, 10 - done), work.Open.Count);
            work.Open[0].Complete();
            node.Run();
        }

        Assert.Equal(10, work.Begun.Count);
    }

    [Fact]
    public async Task A_key_waits_for_itself_and_for_nobody_else()
    {
        await using var node = await StartAsync(slots: 8, configure: options => options.Queues["default"] = new QueueOptions { KeyConcurrency = 1 });
        for (var i = 0; i < 4; i++)
            await node.SubmitAsync(work.Request($"a-{i}") with { ConcurrencyKey = "a" });
        await node.SubmitAsync(work.Request("b-0") with { ConcurrencyKey = "b" });
        await node.SubmitAsync(work.Request("plain"));
        node.Run();
        Assert.Equal(["a-0", "b-0", "plain"], work.Order.Order(StringComparer.Ordinal));

        for (var i = 1; i < 4; i++)
        {
            work.Open.Single(attempt => attempt.Context.Id.Value == $"a-{i - 1}").Complete();
            node.Run(); // told at once, not by a timer
            Assert.Contains($"a-{i}", work.Order);
        }
    }

    [Fact]
    public async Task An_attempt_that_ends_in_any_way_gives_its_permit_back()
    {
        await using var node = await StartAsync(slots: 4, configure: options => options.Queues["default"] = new QueueOptions { Concurrency = 1 });
        var retried = work.Request("retried") with { Backoff = new Backoff.Fixed(TimeSpan.FromHours(1)), Timeout = TimeSpan.FromMinutes(1) };
        foreach (var end in (Action<ScriptedAttempt>[])
            [attempt => attempt.End(JobOutcome.Failed("no")), attempt => attempt.End(JobOutcome.Snoozed(TimeSpan.FromHours(1))), attempt => attempt.End(JobOutcome.Cancelled()),
            attempt => attempt.End(JobOutcome.Discarded("no")), _ => node.Advance(TimeSpan.FromMinutes(2))])
        {
            var id = await node.SubmitAsync(retried with { Id = new JobId($"job-{work.Begun.Count}") });
            node.Run();
            Assert.Equal(id, work.Begun[^1].Context.Id);
            end(work.Begun[^1]);
            node.Run();
        }

        Assert.Equal(5, work.Begun.Count);
    }

    [Fact]
    public async Task A_permit_that_died_with_an_earlier_process_holds_its_job_up_for_moments_only()
    {
        var limits = new QueueLimits { Rate = new Rate(5, TimeSpan.FromSeconds(1)) };
        await using var node = await StartAsync(slots: 4, configure: options => options.Queues["default"] = new QueueOptions { Rate = "5/s" });
        var earlier = new AskPermits("an-earlier-process", 1, limits, [new PermitWish("job-1", null, null, null)]);
        var granted = await node.DriveAsync(node.Entities.AskAsync<PermitsAnswer>(LimitEntity.Key("default"), earlier));
        Assert.True(granted.Replies[0].Number > 0);

        await node.SubmitAsync(work.Request("job-1"));
        node.Run();
        Assert.Empty(work.Order);
        node.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal(["job-1"], work.Order);
    }

    [Fact]
    public async Task Two_tenants_with_weights_1_and_3_get_1_and_3_of_a_saturated_pool()
    {
        await using var node = await StartAsync(slots: 4, configure: options => options.Tenants["big"] = new TenantOptions { Weight = 3 });
        await node.DriveAsync(node.Client.SubmitManyAsync([.. Enumerable.Repeat(work.Request() with { Tenant = "small" }, 400)]));
        await node.DriveAsync(node.Client.SubmitManyAsync([.. Enumerable.Repeat(work.Request() with { Tenant = "big" }, 400)]));

        foreach (var _ in Enumerable.Range(0, 400))
        {
            work.Open[0].Complete();
            node.Run();
        }

        var big = work.Begun.Skip(8).Take(380).Count(attempt => attempt.Context.Tenant == "big"); // the first ran before there were others
        Assert.InRange(big, 380 * .75 * .95, 380 * .75 * 1.05);
    }

    [Fact]
    public async Task Priority_0_runs_although_priority_9_never_ends()
    {
        await using var node = await StartAsync(slots: 1);
        await node.SubmitAsync(work.Request() with { Priority = 9, Tenant = "loud" });
        await node.SubmitAsync(work.Request("quiet") with { Priority = 0, Tenant = "quiet" });
        for (var second = 0; second < 400 && !work.Order.Contains("quiet"); second++)
        {
            await node.SubmitAsync(work.Request() with { Priority = 9, Tenant = "loud" });
            node.Advance(TimeSpan.FromSeconds(1));
            work.Open[0].Complete();
            node.Run();
        }

        Assert.Contains("quiet", work.Order);
    }

    [Fact]
    public async Task A_tenant_runs_no_more_jobs_than_its_quota_and_others_pass_it()
    {
        await using var node = await StartAsync(slots: 6, configure: options => options.Tenants["small"] = new TenantOptions { Running = 2 });
        for (var i = 0; i < 5; i++)
            await node.SubmitAsync(work.Request($"small-{i}") with { Tenant = "small" });
        await node.SubmitAsync(work.Request("other") with { Tenant = "other" });
        await node.SubmitAsync(work.Request("nobodys"));
        node.Run();

        Assert.Equal(2, work.Open.Count(attempt => attempt.Context.Tenant == "small"));
        Assert.Equal(["nobodys", "other"], work.Order.Where(id => !id.StartsWith("small", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_tenant_stores_no_more_jobs_than_its_quota()
    {
        await using var node = await StartAsync(slots: 1, configure: options => options.Tenants["small"] = new TenantOptions { Stored = 3 });
        var request = work.Request() with { Tenant = "small" };

        var results = await node.DriveAsync(node.Client.SubmitManyAsync([.. Enumerable.Repeat(request, 5)]));
        var refused = Assert.IsType<SubmitResult.QueueFull>(results[4]);
        Assert.Equal((3, "small", 3), (results.OfType<SubmitResult.Accepted>().Count(), refused.Tenant, refused.Quota));
        Assert.IsType<SubmitResult.Accepted>(await node.DriveAsync(node.Client.SubmitAsync(request with { Tenant = "other" })));

        node.Run();
        work.Open[0].Complete();
        node.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<SubmitResult.Accepted>(await node.DriveAsync(node.Client.SubmitAsync(request)));
    }

    [Fact]
    public async Task An_open_breaker_uses_no_attempt_and_lets_one_probe_through_when_its_time_has_come()
    {
        await using var node = await StartAsync(slots: 8, configure: options => options.Breakers["shop"] = new BreakerOptions { Failures = 2, OpenFor = TimeSpan.FromSeconds(30) });
        var request = work.Request() with { Dependency = "shop", Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(1)) };
        await node.SubmitAsync(request with { Id = new JobId("first") });
        await node.SubmitAsync(request with { Id = new JobId("second") });
        node.Run();
        work.Open[0].End(JobOutcome.Failed("down"));
        work.Open[0].End(JobOutcome.Failed("down"));
        node.Run();
        await node.SubmitAsync(request with { Id = new JobId("third") });
        await node.SubmitAsync(work.Request("free"));

        node.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("free", work.Begun.Skip(2).Single().Context.Id.Value);
        Assert.Equal((JobStatus.Available, 0), await StateAsync(node, "third"));

        node.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(4, work.Begun.Count); // one probe
        work.Begun[^1].End(JobOutcome.Failed("still down"));
        node.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(4, work.Begun.Count);
        node.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(5, work.Begun.Count);
        work.Begun[^1].Complete();
        node.Run();

        Assert.Equal(7, work.Begun.Count);
    }

    [Fact]
    public async Task Limits_are_set_and_lifted_while_jobs_wait()
    {
        await using var node = await StartAsync(slots: 8, configure: options => options.Queues["default"] = new QueueOptions { Concurrency = 1 });
        for (var i = 0; i < 8; i++)
            await node.SubmitAsync(work.Request());
        node.Run();
        Assert.Single(work.Begun);

        await node.DriveAsync(node.Control.ChangeQueueAsync("default", new QueueChange { Concurrency = 3 }));
        node.Run();
        Assert.Equal(3, work.Begun.Count);
        await node.DriveAsync(node.Control.ChangeQueueAsync("default", new QueueChange { Concurrency = 0 }));
        node.Run();

        Assert.Equal(8, work.Begun.Count);
    }

    private static async Task<(JobStatus, int)> StateAsync(TestNode node, string id) =>
        await node.ViewAsync(new JobId(id)) is var view ? (view.State, view.Attempt) : default;

    private Task<TestNode> StartAsync(int slots, Action<ActorJobsOptions>? configure = null)
    {
        var options = new ActorJobsOptions { Shards = 4 };
        configure?.Invoke(options);
        return TestNode.StartAsync(new TestNodeSetup { Kinds = [work.Kind], Slots = slots, Options = options });
    }
}
