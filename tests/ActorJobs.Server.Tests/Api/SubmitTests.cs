using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Api;

public sealed class SubmitTests
{
    [Fact]
    public async Task A_job_is_accepted_and_found_where_the_location_says()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, receipt, response) = await host.PostAsync("/api/v1/jobs", """{"kind":"mail.send","args":{"to":"ada@example.org"}}""");

        Assert.Equal(202, status);
        Assert.Equal(("Available", "memory", true), (receipt.GetProperty("state").GetString(), receipt.GetProperty("durability").GetString(), receipt.GetProperty("isNew").GetBoolean()));
        var (_, job, _) = await host.GetAsync(response.Headers.Location!.OriginalString);
        Assert.Equal(receipt.GetProperty("id").GetString(), job.GetProperty("id").GetString());
        Assert.Equal("ada@example.org", job.GetProperty("args").GetProperty("to").GetString());
    }

    [Fact]
    public async Task Every_field_reaches_the_engine()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, _, _) = await host.PostAsync("/api/v1/jobs", """
            {"kind":"mail.send","args":[1, 2],"id":"order:7","queue":"bulk","priority":9,"delay":"PT1M30S","maxAttempts":3,
             "backoff":{"type":"exponential","base":"PT1S","factor":3,"max":60,"jitter":0.5},"timeout":2.5,"startBy":"2026-11-22T12:00:00+01:00",
             "retention":"P7D","unique":{"key":"k","scope":"period","period":"PT1H","onConflict":"existing"},"concurrencyKey":"smtp","tenant":"acme",
             "tags":["a","b"],"meta":{"trace":"x"},"parentId":"p1"}
            """);

        Assert.Equal(202, status);
        var request = Assert.Single(host.Engine.Requests);
        Assert.Equal(("mail.send", "[1, 2]", new JobId("order:7"), "bulk", 9), (request.Kind, request.Args.ToString(), request.Id!.Value, request.Queue, request.Priority!.Value));
        Assert.Equal(FakeEngine.Start.AddSeconds(90), request.RunAt);
        Assert.Equal(new Backoff.Exponential(TimeSpan.FromSeconds(1), 3, TimeSpan.FromMinutes(1), 0.5), request.Backoff);
        Assert.Equal((3, TimeSpan.FromSeconds(2.5), TimeSpan.FromDays(7)), (request.MaxAttempts!.Value, request.Timeout!.Value, request.Retention!.Value));
        Assert.Equal(FakeEngine.Start.AddHours(1), request.StartBy);
        Assert.Equal(new UniqueRule("k", UniqueScope.Period, TimeSpan.FromHours(1), UniqueConflict.Existing), request.Unique);
        Assert.Equal(("smtp", "acme", new JobId("p1")), (request.ConcurrencyKey, request.Tenant, request.ParentId!.Value));
        Assert.Equal(["a", "b"], request.Tags);
        Assert.Equal("x", request.Meta["trace"]);
    }

    [Fact]
    public async Task The_typed_client_speaks_the_same_language()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var receipt = await host.Client.SubmitAsync(SubmitJob.Of("mail.send", new { To = "ada" }) with
        {
            Delay = TimeSpan.FromMinutes(1),
            Backoff = new BackoffRule { Type = "list", Delays = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)] },
            Unique = new UniqueKey { Key = "k", Scope = "untilStarted", OnConflict = "debounce" },
            StartBy = FakeEngine.Start.AddHours(1),
            Tags = ["x"],
            Meta = new Dictionary<string, string> { ["a"] = "b" },
        });

        Assert.Equal("Scheduled", receipt.State);
        var request = Assert.Single(host.Engine.Requests);
        Assert.Equal("""{"to":"ada"}""", request.Args.ToString());
        Assert.Equal(new Backoff.List([TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)]), request.Backoff);
        Assert.Equal(new UniqueRule("k", UniqueScope.UntilStarted, null, UniqueConflict.Debounce), request.Unique);
    }

    [Fact]
    public async Task A_full_queue_says_when_to_come_again()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Answer = _ => new SubmitResult.QueueFull("default", TimeSpan.FromSeconds(2.2));

        var (status, problem, response) = await host.PostAsync("/api/v1/jobs", """{"kind":"mail.send"}""");

        Assert.Equal((429, "queue-full"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.RetryAfter!.Delta);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_node_without_its_store_is_unavailable_and_says_for_how_long()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Answer = _ => new SubmitResult.Unavailable("The store cannot be reached.", TimeSpan.FromSeconds(5));

        var (status, _, response) = await host.PostAsync("/api/v1/jobs", """{"kind":"mail.send"}""");

        Assert.Equal((503, TimeSpan.FromSeconds(5)), (status, response.Headers.RetryAfter!.Delta!.Value));
    }

    [Fact]
    public async Task A_held_unique_key_is_a_conflict_that_names_the_holder()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Answer = _ => new SubmitResult.Conflict(new JobId("first"), "k");

        var (status, problem, _) = await host.PostAsync("/api/v1/jobs", """{"kind":"mail.send"}""");

        Assert.Equal(409, status);
        Assert.Contains("first", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_kind_lists_the_known_ones()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await host.PostAsync("/api/v1/jobs", """{"kind":"mail.sned"}""");

        Assert.Equal((400, "unknown-kind", "/kind"), (status, problem.GetProperty("code").GetString(), problem.GetProperty("pointer").GetString()));
        Assert.Contains("mail.send, report.build", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
