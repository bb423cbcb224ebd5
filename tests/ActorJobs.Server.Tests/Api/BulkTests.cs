namespace ActorJobs.Server.Tests.Api;

public sealed class BulkTests
{
    [Theory]
    [InlineData("""{}""", "missing-field", "/action")]
    [InlineData("""{"action":"delete","filter":{"queue":"q"}}""", "wrong-type", "/action")]
    [InlineData("""{"action":"cancel"}""", "missing-field", "/filter")]
    [InlineData("""{"action":"cancel","filter":{}}""", "empty-filter", "/filter")]
    [InlineData("""{"action":"cancel","filter":{"queue":null}}""", "empty-filter", "/filter")]
    [InlineData("""{"action":"cancel","filter":[]}""", "wrong-type", "/filter")]
    [InlineData("""{"action":"cancel","filter":{"que":"q"}}""", "unknown-field", "/filter/que")]
    [InlineData("""{"action":"cancel","filter":{"state":"Lost"}}""", "wrong-type", "/filter/state")]
    [InlineData("""{"action":"promote","filter":{"state":"Completed"}}""", "wrong-state", "/filter")]
    [InlineData("""{"action":"cancel","filter":{"queue":"q"},"dryRun":1}""", "wrong-type", "/dryRun")]
    [InlineData("""{"action":"undo","filter":{"queue":"q"}}""", "wrong-type", "/action")]
    [InlineData("""{"action":"cancel","filter":{"queue":"q"},"edit":{"a":1}}""", "invalid-field", "/edit")]
    [InlineData("""{"action":"dismiss","filter":{"queue":"q"},"perSecond":1}""", "invalid-field", "/perSecond")]
    [InlineData("""{"action":"retry","filter":{"queue":"q"},"limit":0}""", "invalid-field", "/limit")]
    [InlineData("""{"action":"retry","filter":{"queue":"q"},"sample":2}""", "invalid-field", "/sample")]
    public async Task What_is_wrong_is_named_and_nothing_is_done(string body, string code, string place)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await host.PostAsync("/api/v1/jobs/actions", body);

        Assert.Equal((400, code, place), (status, problem.GetProperty("code").GetString(), problem.GetProperty("pointer").GetString()));
        Assert.Empty(host.Engine.Bulk.Started);
    }

    [Fact]
    public async Task A_dry_run_says_how_many_and_does_nothing()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, answer, _) = await host.PostAsync("/api/v1/jobs/actions", """{"action":"retry","filter":{"state":"Discarded"},"dryRun":true}""");

        Assert.Equal(200, status);
        Assert.Equal((7, true, 100_000), (answer.GetProperty("count").GetInt32(), answer.GetProperty("countIsLowerBound").GetBoolean(), answer.GetProperty("limit").GetInt32()));
        Assert.Empty(host.Engine.Bulk.Started);
    }

    [Fact]
    public async Task An_action_is_a_job_to_be_watched()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, answer, response) = await host.PostAsync("/api/v1/jobs/actions", """{"action":"cancel","filter":{"queue":"q","tenant":"ada"},"reason":"over"}""");

        Assert.Equal((202, "bulk-1", "/api/v1/jobs/bulk-1"), (status, answer.GetProperty("id").GetString(), response.Headers.Location!.OriginalString));
        Assert.Equal(new BulkRequest(BulkVerb.Cancel, new JobFilter(Queue: "q", Tenant: "ada"), "over"), Assert.Single(host.Engine.Bulk.Started));
    }
}
