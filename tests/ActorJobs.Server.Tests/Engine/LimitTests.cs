using System.Net;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Engine;

/// <summary>Limits, quotas and breakers by HTTP, as docs/limits.md shows them, on the real engine.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_queue_that_was_steered_by_mistake_is_gone_when_it_is_as_before()
    {
        await using var host = await EngineHost.StartAsync();
        await host.Client.SubmitAsync(new SubmitJob { Kind = "builtin.echo", Queue = "used", Delay = TimeSpan.FromHours(1) });
        await host.Client.PauseQueueAsync("slip");
        await host.Client.PauseQueueAsync("used");
        await host.Client.ChangeQueueAsync("slip2", new ChangeQueue(Capacity: 7));
        await host.Client.ChangeQueueAsync("slip3", new ChangeQueue(Rate: "5/s"));
        var steered = (await host.Client.ListQueuesAsync()).Items.Select(queue => queue.Name).ToArray();

        await host.Client.ResumeQueueAsync("slip");
        await host.Client.ResumeQueueAsync("used");
        await host.Client.ChangeQueueAsync("slip2", new ChangeQueue(Capacity: new QueueOptions().Capacity));
        await host.Client.ChangeQueueAsync("slip3", new ChangeQueue(Rate: "configured"));
        var asBefore = (await host.Client.ListQueuesAsync()).Items.Select(queue => queue.Name);
        var gone = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.GetQueueAsync("slip"));

        Assert.Equal(["slip", "slip2", "slip3", "used"], steered);
        Assert.Equal(["used"], asBefore);
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
    }

    [Fact]
    public async Task A_queues_limits_are_set_shown_explained_and_lifted()
    {
        await using var host = await EngineHost.StartAsync();

        var set = await PatchAsync(host, "mail", new { rate = "50/s", concurrency = 5, keyConcurrency = 1 });
        var shown = (await host.Client.GetQueueAsync("mail")).Limits!;
        var first = await host.Client.SubmitAsync(SubmitJob.Of("builtin.sleep", new { ms = 3_000 }) with { Queue = "mail", ConcurrencyKey = "customer-7" });
        await foreach (var job in host.Client.WatchJobAsync(first.Id))
        {
            if (job.State == "Running")
                break;
        }

        var second = await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Queue = "mail", ConcurrencyKey = "customer-7" });
        var why = await host.Http.GetFromJsonAsync<JsonElement>($"api/v1/jobs/{second.Id}/why");
        var lifted = await PatchAsync(host, "mail", new { rate = "none", concurrency = 0, keyConcurrency = 0 });

        Assert.Equal("50/s", set.GetProperty("limits").GetProperty("rate").GetString());
        Assert.Equal(new QueueLimitState("50/s", 5, null, 1), shown);
        Assert.Contains("concurrency key 'customer-7'", why.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.False(lifted.TryGetProperty("limits", out _));
        Assert.Equal("Completed", (await host.EndOfAsync(second.Id)).State);
    }

    [Theory]
    [InlineData("""{"rate":"fast"}""", "/rate")]
    [InlineData("""{"concurrency":10001}""", "/concurrency")]
    [InlineData("""{"keyRate":"0/s"}""", "/keyRate")]
    [InlineData("""{"keyConcurrency":-2}""", "/keyConcurrency")]
    public async Task A_limit_that_is_none_is_refused_with_its_field(string body, string field)
    {
        await using var host = await EngineHost.StartAsync();

        using var answer = await host.Http.PatchAsync("api/v1/queues/mail", new StringContent(body, null, "application/json"));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(field, problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_over_its_quota_gets_a_429_that_says_so()
    {
        await using var host = await EngineHost.StartAsync(jobs => jobs.Services.Configure<ActorJobsOptions>(options => options.Tenants["acme"] = new TenantOptions { Stored = 1 }));
        await host.Client.PauseQueueAsync("default");
        await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Tenant = "acme" });

        using var answer = await host.Http.PostAsJsonAsync("api/v1/jobs", new { kind = "builtin.echo", tenant = "acme" });
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("acme", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_breaker_opened_by_hand_holds_jobs_until_it_is_closed()
    {
        await using var host = await EngineHost.StartAsync();

        using var opened = await host.Http.PostAsync("api/v1/breakers/shop/open", null);
        var job = await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Dependency = "shop" });
        var why = await host.Http.GetFromJsonAsync<JsonElement>($"api/v1/jobs/{job.Id}/why");
        var listed = await host.Http.GetFromJsonAsync<JsonElement>("api/v1/breakers");
        var page = await host.Http.GetStringAsync("queues");
        using var closed = await host.Http.PostAsync("api/v1/breakers/shop/close", null);
        var done = await host.EndOfAsync(job.Id);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (opened.StatusCode, closed.StatusCode));
        Assert.Contains("'shop' is open", why.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Equal("Open", listed.GetProperty("items")[0].GetProperty("status").GetString());
        Assert.Contains("open: jobs wait", page, StringComparison.Ordinal);
        Assert.Equal(("Completed", 1), (done.State, done.Attempt));
    }

    private static async Task<JsonElement> PatchAsync(EngineHost host, string queue, object change)
    {
        using var answer = await host.Http.PatchAsJsonAsync($"api/v1/queues/{queue}", change);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
